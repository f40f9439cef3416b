const SECONDS = 60;

/** How many there were in the last minute, to the second. */
export class MinuteCount {
  /** By the second modulo a minute. */
  readonly #counts = new Uint32Array(SECONDS);
  /** The latest second that was counted in. */
  #latest = 0;

  add(now: Date): void {
    const second = secondOf(now);
    this.#moveTo(second);
    // A clock that was set back counts into the second that was the latest before.
    const place = Math.max(second, this.#latest) % SECONDS;
    this.#counts[place] = (this.#counts[place] ?? 0) + 1;
  }

  at(now: Date): number {
    this.#moveTo(secondOf(now));
    return this.#counts.reduce((sum, count) => sum + count, 0);
  }

  /** Seconds that nobody counted in are empty, and those of a minute ago are over. A clock that is set back a minute starts again. */
  #moveTo(second: number): void {
    if (Math.abs(second - this.#latest) >= SECONDS) this.#counts.fill(0);
    else for (let each = this.#latest + 1; each <= second; each += 1) this.#counts[each % SECONDS] = 0;
    if (second > this.#latest || this.#latest - second >= SECONDS) this.#latest = second;
  }
}

const secondOf = (now: Date): number => Math.floor(now.getTime() / 1_000);
