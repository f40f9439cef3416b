import type { Clock } from "./clock.ts";

/** A {@link Clock} that stands still until it is set: for tests. */
export class FakeClock implements Clock {
  #now: Date;
  #elapsedMs = 0;
  readonly #sleepers = new Set<{ readonly until: number; readonly wake: () => void }>();

  constructor(now: string) {
    this.#now = new Date(now);
  }

  now(): Date {
    return new Date(this.#now);
  }

  elapsedMs(): number {
    return this.#elapsedMs;
  }

  /** How many are asleep: tells a test that a loop has come to rest. */
  get sleeping(): number {
    return this.#sleepers.size;
  }

  /** Sets the time of day. What lies in between has passed; back, no time has. */
  set(now: string): void {
    this.#elapsedMs += Math.max(0, new Date(now).getTime() - this.#now.getTime());
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
