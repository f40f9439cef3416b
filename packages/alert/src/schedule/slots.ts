import { CronExpressionParser } from "cron-parser";
import { cronExpression, cronValues, withoutOverlap } from "./cron-field.ts";
import type { CrontabSchedule, Schedule } from "./schedule.ts";

/** The first slot after a time; null when none comes within eight years (31 February). */
export const nextSlot = (schedule: Schedule, after: Date): Date | null => {
  if (schedule.kind === "interval")
    return new Date((Math.floor(after.getTime() / schedule.everyMs) + 1) * schedule.everyMs);
  return cronSlots(schedule, after, new Date(after.getTime() + HORIZON_MS))();
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
  const next = slotsIn(schedule, after, until);
  for (let slot = next(); slot !== null; slot = next()) {
    slots.push(slot);
    if (slots.length > limit) {
      slots.shift();
      dropped++;
    }
  }
  return { slots, dropped };
};

/** Long enough to cross a leap year, short enough to end a search for a date that never comes. */
const HORIZON_MS = 8 * 366 * 86_400_000;

/** Gives one slot of (after, until] after the other, then null. */
const slotsIn = (schedule: Schedule, after: Date, until: Date): (() => Date | null) => {
  if (schedule.kind === "crontab") return cronSlots(schedule, after, until);
  let last = after;
  return () => {
    const slot = nextSlot(schedule, last);
    if (slot === null || slot > until) return null;
    return (last = slot);
  };
};

/** {@link slotsIn} of a crontab: to read one takes longer than to find many slots by it. */
const cronSlots = (schedule: CrontabSchedule, after: Date, until: Date): (() => Date | null) => {
  const { dayOfMonth, dayOfWeek } = schedule;
  const bothDays = dayOfMonth !== "*" && dayOfWeek !== "*";
  // cron takes either day when both are given, celery wants both: go by the weekday and test the day of the month.
  const expression = cronExpression(bothDays ? { ...schedule, dayOfMonth: "*" } : schedule);
  const slots = CronExpressionParser.parse(expression, { tz: "UTC", currentDate: after, endDate: until });
  const days = bothDays ? daysOfMonth(dayOfMonth) : null;
  return () => {
    try {
      for (;;) {
        const slot = slots.next().toDate();
        if (days?.has(slot.getUTCDate()) ?? true) return slot;
      }
    } catch {
      // The parser has no other way to say that nothing comes before endDate.
      return null;
    }
  };
};

const daysOfMonth = (field: string): ReadonlySet<unknown> =>
  new Set<unknown>(cronValues("dayOfMonth", withoutOverlap("dayOfMonth", field)));
