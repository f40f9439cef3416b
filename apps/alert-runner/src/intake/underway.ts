import type { Clock } from "@mozdef/alert-engine";

/** Longest wait for what is under way, in milliseconds: a store that is far behind must not hold up the alerts. */
const MOST_MS = 2_000;

/**
 * Events that have been received and are not saved yet, by the time that they were received. A run at a slot waits for those that were
 * received before it: an alert whose window is as long as its interval would never look at them.
 */
export class Underway {
  readonly #counts = new Map<number, number>();
  #waiting: { readonly untilMs: number; readonly resolve: () => void }[] = [];

  begin(receivedAt: Date): void {
    const ms = receivedAt.getTime();
    this.#counts.set(ms, (this.#counts.get(ms) ?? 0) + 1);
  }

  /** Saved, or refused: nobody waits for it any more. */
  end(receivedAt: Date): void {
    const ms = receivedAt.getTime();
    const left = (this.#counts.get(ms) ?? 0) - 1;
    if (left > 0) {
      this.#counts.set(ms, left);
      return;
    }
    this.#counts.delete(ms);
    if (this.#waiting.length > 0) this.#wake();
  }

  /** Those that wait for nothing any more. Who has given up waiting is let go with the others. */
  #wake(): void {
    const done = this.#waiting.filter(({ untilMs }) => !this.#has(untilMs));
    this.#waiting = this.#waiting.filter((one) => !done.includes(one));
    for (const { resolve } of done) resolve();
  }

  /** Resolves when nothing that was received until then is under way, or after two seconds. */
  async settled(until: Date, clock: Pick<Clock, "sleep">): Promise<void> {
    const untilMs = until.getTime();
    if (!this.#has(untilMs)) return;
    const timer = new AbortController();
    const done = new Promise<void>((resolve) => this.#waiting.push({ untilMs, resolve }));
    await Promise.race([done, clock.sleep(MOST_MS, timer.signal)]);
    timer.abort();
  }

  /** In the order of their arrival, so the first one usually says it. */
  #has(untilMs: number): boolean {
    for (const ms of this.#counts.keys()) if (ms <= untilMs) return true;
    return false;
  }
}
