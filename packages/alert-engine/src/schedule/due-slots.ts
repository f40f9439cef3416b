import type { Schedule } from "@mozdef/alert";
import { nextSlot, slotsBetween } from "@mozdef/alert/runtime";
import type { CatchUp } from "../engine-settings.ts";
import type { Gap } from "../ledger/run-record.ts";

export interface DueSlots {
  /** To be run now, oldest first. */
  readonly slots: readonly Date[];
  /** Missed ones that are run beside those of the present, see `Backfill`; null when there are only a few. */
  readonly backlog: Gap | null;
  /** What nobody looks at any more. */
  readonly gap: Gap | null;
}

/** Missed slots that are run at once: so many a service that was busy, or started anew, is soon through with. */
const AT_ONCE = 10;

/**
 * The slots in (after, now] that are to run. Of many that were missed only the present one is run now, and what the bounds cut off is a
 * gap, to be recorded.
 */
export const dueSlots = (schedule: Schedule, after: Date, now: Date, { catchUpMs }: CatchUp): DueSlots => {
  const horizon = new Date(Math.max(after.getTime(), now.getTime() - catchUpMs));
  const slots = firstSlots(schedule, horizon, now);
  const gap = gapBefore(nextSlot(schedule, after), slots[0], { after, now });
  const [first, second] = slots;
  if (slots.length <= AT_ONCE || first === undefined || second === undefined) return { slots, backlog: null, gap };
  const present = presentSlot(schedule, second.getTime() - first.getTime(), now);
  const from = gap === null ? after : gap.to;
  return { slots: [present], backlog: { from, to: new Date(present.getTime() - 1) }, gap };
};

/** One more than are run at once, at most. */
const firstSlots = (schedule: Schedule, after: Date, now: Date): readonly Date[] => {
  const slots: Date[] = [];
  let slot = nextSlot(schedule, after);
  while (slot !== null && slot <= now && slots.length <= AT_ONCE) {
    slots.push(slot);
    slot = nextSlot(schedule, slot);
  }
  return slots;
};

/** The last slot until now, of which there is one. @param periodMs - About how far slots are apart. */
const presentSlot = (schedule: Schedule, periodMs: number, now: Date): Date => {
  for (let backMs = 2 * periodMs; ; backMs *= 2) {
    const slot = slotsBetween(schedule, new Date(now.getTime() - backMs), now, 1).slots.at(-1);
    if (slot !== undefined) return slot;
  }
};

const gapBefore = (
  missed: Date | null,
  first: Date | undefined,
  { after, now }: { readonly after: Date; readonly now: Date },
): Gap | null => {
  if (missed === null || missed > now || (first !== undefined && missed >= first)) return null;
  return { from: after, to: first === undefined ? now : new Date(first.getTime() - 1) };
};
