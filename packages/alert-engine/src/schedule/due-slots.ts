import type { Schedule } from "@mozdef/alert";
import { nextSlot, slotsBetween } from "@mozdef/alert/runtime";
import type { CatchUp } from "../engine-settings.ts";
import type { Gap } from "../ledger/run-record.ts";

export interface DueSlots {
  /** Oldest first. */
  readonly slots: readonly Date[];
  readonly gap: Gap | null;
}

/**
 * The slots in (after, now] that are to run. What the bounds cut off is a gap, to be recorded: it means that nobody looked
 * at that time.
 */
export const dueSlots = (
  schedule: Schedule,
  after: Date,
  now: Date,
  { catchUpMs, catchUpSlots }: CatchUp,
): DueSlots => {
  const horizon = new Date(Math.max(after.getTime(), now.getTime() - catchUpMs));
  const { slots, dropped } = slotsBetween(schedule, horizon, now, catchUpSlots);
  const missed = nextSlot(schedule, after);
  const first = slots[0];
  if (missed === null || missed > now || (first !== undefined && missed >= first && dropped === 0))
    return { slots, gap: null };
  return { slots, gap: { from: after, to: first === undefined ? now : new Date(first.getTime() - 1) } };
};
