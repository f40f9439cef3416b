import type { Scheduler } from "./scheduler.ts";

/** How old may be what is known of others. */
const FOLLOW_MS = 5_000;

/** How long somebody may wait who has asked another instance for a run. */
const ASKED_MS = 2_000;

/** What people change in the store, as silences, exceptions of alerts. */
export interface Refreshed {
  /** Takes over what others have changed. @throws {StoreError} */
  refresh(now: Date): Promise<void>;
}

/** Takes over what other instances have changed and run, and runs what they were asked for, every few seconds. Cheap to call in between. */
export const followOthers = (
  scheduler: Pick<Scheduler, "follow" | "runAsked">,
  ...refreshed: readonly Refreshed[]
): ((now: Date) => Promise<void>) => {
  const follow = every(FOLLOW_MS, async (now) => {
    await scheduler.follow();
    for (const one of refreshed) await one.refresh(now);
  });
  const runAsked = every(ASKED_MS, () => scheduler.runAsked());
  return async (now) => {
    await follow(now);
    await runAsked(now);
  };
};

const every = (ms: number, work: (now: Date) => Promise<void>): ((now: Date) => Promise<void>) => {
  let last = Number.NEGATIVE_INFINITY;
  return async (now) => {
    // Also when the clock was set back.
    if (Math.abs(now.getTime() - last) < ms) return;
    await work(now);
    last = now.getTime();
  };
};
