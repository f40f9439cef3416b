import type { Scheduler } from "./scheduler.ts";

/** How old the settings may be that others have changed. */
const FOLLOW_MS = 5_000;

/** Takes over changes of other instances, every five seconds. Cheap to call in between. */
export const followSettings = (scheduler: Pick<Scheduler, "followSettings">): ((now: Date) => Promise<void>) => {
  let last = Number.NEGATIVE_INFINITY;
  return async (now) => {
    // Also when the clock was set back.
    if (Math.abs(now.getTime() - last) < FOLLOW_MS) return;
    await scheduler.followSettings();
    last = now.getTime();
  };
};
