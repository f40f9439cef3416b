import { cronSlots, type NextSlot } from "./cron-engine.ts";
import type { Schedule } from "./schedule.ts";

/** The first slot after a time; null when none comes. */
export const nextSlot = (schedule: Schedule, after: Date): Date | null => {
  const slot = slotsOf(schedule)(after.getTime());
  return slot === null ? null : new Date(slot);
};

/** Slots in (after, until], oldest first. With more than `limit`, the newest `limit` of them and how many were dropped. */
export const slotsBetween = (
  schedule: Schedule,
  after: Date,
  until: Date,
  limit = 1_000,
): { readonly slots: readonly Date[]; readonly dropped: number } => {
  const slots: Date[] = [];
  let dropped = 0;
  const next = slotsOf(schedule);
  const end = until.getTime();
  for (let slot = next(after.getTime()); slot !== null && slot <= end; slot = next(slot)) {
    slots.push(new Date(slot));
    if (slots.length > limit) {
      slots.shift();
      dropped++;
    }
  }
  return { slots, dropped };
};

const slotsOf = (schedule: Schedule): NextSlot =>
  schedule.kind === "crontab"
    ? cronSlots(schedule)
    : (after) => (Math.floor(after / schedule.everyMs) + 1) * schedule.everyMs;
