/** How long requests may work before everything else in the process gets its turn, in milliseconds. */
const TURN_MS = 5;

/**
 * Shares the one thread between long requests and everything else. Work is done in slices, and each slice asks for its turn:
 * once the time of a turn is used up, one slice runs between two looks at the network and the timers, in the order of asking.
 */
export class Turns {
  readonly #waiting: (() => void)[] = [];
  #turnStarted: number | undefined;

  /** Resolves when the next slice may run. */
  next(): Promise<void> | undefined {
    if (this.#turnStarted === undefined) {
      this.#begin();
      return undefined;
    }
    if (this.#waiting.length === 0 && performance.now() - this.#turnStarted < TURN_MS) return undefined;
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** An immediate runs after the network was looked at, and one that it schedules runs after the next look. */
  #begin(): void {
    this.#turnStarted = performance.now();
    setImmediate(() => {
      const resolve = this.#waiting.shift();
      if (resolve === undefined) this.#turnStarted = undefined;
      else {
        this.#begin();
        resolve();
      }
    });
  }
}
