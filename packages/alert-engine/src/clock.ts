/** Where the time comes from, and how to wait for it. Tests bring one that they move by hand. */
export interface Clock {
  now(): Date;
  /** Milliseconds since any moment, which go on whatever becomes of the time of day. */
  elapsedMs(): number;
  /** Resolves after that many milliseconds, or as soon as the signal is aborted. Never rejects. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => new Date(),
  elapsedMs: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal.addEventListener("abort", done);
      if (signal.aborted) done();
    }),
};
