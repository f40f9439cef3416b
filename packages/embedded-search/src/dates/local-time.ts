import { dateOfDays, DAY_MS, daysInMonth, daysSinceEpoch, ISO_WEEKS, splitDays, startOfWeek } from "./calendar.ts";

/** Units below a day, in milliseconds. */
const SHORT_MS: Readonly<Record<string, number>> = { h: 3_600_000, H: 3_600_000, m: 60_000, s: 1000 };

/** Start of the second, minute, hour, day, week (Monday), month, quarter or year on a local clock. */
export const floorOfLocal = (localMs: number, unit: string): number => {
  const length = SHORT_MS[unit];
  return length === undefined ? floorOfDays(splitDays(localMs).days, unit) * DAY_MS : localMs - modulo(localMs, length);
};

const modulo = (value: number, divisor: number): number => ((value % divisor) + divisor) % divisor;

const floorOfDays = (days: number, unit: string): number => {
  if (unit === "d") return days;
  if (unit === "w") return startOfWeek(days, ISO_WEEKS);
  const { year, month } = dateOfDays(days);
  if (unit === "M") return daysSinceEpoch(year, month, 1);
  return daysSinceEpoch(year, unit === "q" ? month - ((month - 1) % 3) : 1, 1);
};

const MONTHS: Readonly<Record<string, number>> = { M: 1, q: 3, y: 12 };

/** Moves a local time by days or longer units; the day of the month is clamped to the last one. */
export const addToLocal = (localMs: number, count: number, unit: string): number => {
  if (unit === "d") return localMs + count * DAY_MS;
  if (unit === "w") return localMs + count * 7 * DAY_MS;
  const { days, msOfDay } = splitDays(localMs);
  const { year, month, day } = dateOfDays(days);
  const months = year * 12 + month - 1 + count * (MONTHS[unit] ?? 0);
  const [newYear, newMonth] = [Math.floor(months / 12), modulo(months, 12) + 1];
  return daysSinceEpoch(newYear, newMonth, Math.min(day, daysInMonth(newYear, newMonth))) * DAY_MS + msOfDay;
};
