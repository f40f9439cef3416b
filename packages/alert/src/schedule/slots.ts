import { CronExpressionParser } from "cron-parser";
import { cronExpression, cronValues, withoutOverlap } from "./cron-field.ts";
import type { CrontabSchedule, Schedule } from "./schedule.ts";

/** The first slot after a time; null when there is none within eight years (31 February). */
export const nextSlot = (schedule: Schedule, after: Date): Date | null => {
  if (schedule.kind === "interval")
    return new Date((Math.floor(after.getTime() / schedule.everyMs) + 1) * schedule.everyMs);
  return nextCronSlot(schedule, after);
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
  for (let slot = nextSlot(schedule, after); slot !== null && slot <= until; slot = nextSlot(schedule, slot)) {
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

const nextCronSlot = (schedule: CrontabSchedule, after: Date): Date | null => {
  const { dayOfMonth, dayOfWeek } = schedule;
  const bothDays = dayOfMonth !== "*" && dayOfWeek !== "*";
  // cron takes either day when both are given, celery wants both: go by the weekday and test the day of the month.
  const expression = cronExpression(bothDays ? { ...schedule, dayOfMonth: "*" } : schedule);
  const slots = CronExpressionParser.parse(expression, {
    tz: "UTC",
    currentDate: after,
    endDate: new Date(after.getTime() + HORIZON_MS),
  });
  const days = bothDays ? daysOfMonth(dayOfMonth) : null;
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

const daysOfMonth = (field: string): ReadonlySet<unknown> =>
  new Set<unknown>(cronValues("dayOfMonth", withoutOverlap("dayOfMonth", field)));
