import type { Clock } from "./clock.ts";

/** A {@link Clock} that stands still until it is set: for tests. */
export class FakeClock implements Clock {
  #now: Date;
  readonly #sleepers = new Set<{ readonly until: number; readonly wake: () => void }>();

  constructor(now: string) {
    this.#now = new Date(now);
  }

  now(): Date {
    return new Date(this.#now);
  }

  /** How many are asleep: tells a test that a loop has come to rest. */
  get sleeping(): number {
    return this.#sleepers.size;
  }

  set(now: string): void {
    this.#now = new Date(now);
    for (const sleeper of this.#sleepers) if (sleeper.until <= this.#now.getTime()) sleeper.wake();
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const sleeper = {
        until: this.#now.getTime() + ms,
        wake: () => {
          this.#sleepers.delete(sleeper);
          resolve();
        },
      };
      this.#sleepers.add(sleeper);
      signal.addEventListener("abort", sleeper.wake);
      if (signal.aborted) sleeper.wake();
    });
  }
}
