import type { Scheduler } from "./scheduler.ts";

/** How old may be what is known of others. */
const FOLLOW_MS = 5_000;

/** Takes over what other instances have changed and run, every five seconds. Cheap to call in between. */
export const followOthers = (scheduler: Pick<Scheduler, "follow">): ((now: Date) => Promise<void>) => {
  let last = Number.NEGATIVE_INFINITY;
  return async (now) => {
    // Also when the clock was set back.
    if (Math.abs(now.getTime() - last) < FOLLOW_MS) return;
    await scheduler.follow();
    last = now.getTime();
  };
};
