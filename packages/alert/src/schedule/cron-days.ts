import type { CronValue } from "./cron-field.ts";

/** Which days a schedule names, each field by its values. */
export interface CronDays {
  readonly dayOfMonth: ReadonlySet<CronValue>;
  readonly dayOfWeek: ReadonlySet<CronValue>;
  readonly monthOfYear: ReadonlySet<CronValue>;
}

const DAY_MS = 86_400_000;

/** Whether a day fits all three fields, as celery wants it. @param date - Its midnight, as if it were in UTC. */
export const isDayOf = (days: CronDays, date: Date): boolean => {
  const day = date.getUTCDate();
  const weekday = date.getUTCDay();
  const next = (inDays: number): number => new Date(date.getTime() + inDays * DAY_MS).getUTCMonth();
  const month = date.getUTCMonth();
  return (
    days.monthOfYear.has(month + 1) &&
    (days.dayOfMonth.has(day) || (days.dayOfMonth.has("L") && next(1) !== month)) &&
    (days.dayOfWeek.has(weekday) || (days.dayOfWeek.has(`${weekday}L`) && next(7) !== month))
  );
};

/** Whether such a day ever comes. */
export const isEverDay = (days: CronDays): boolean => {
  // 28 years have every kind of year: each first weekday, with and without a leap day.
  for (let date = Date.UTC(2000, 0, 1); date < Date.UTC(2028, 0, 1); date += DAY_MS)
    if (isDayOf(days, new Date(date))) return true;
  return false;
};
