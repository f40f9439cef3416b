/** Parts of a date as written. Missing months and days default to the first; only a missing time of day is rounded up. */
export interface DateParts {
  readonly year: number;
  readonly month?: number | undefined;
  readonly day?: number | undefined;
  readonly hour?: number | undefined;
  readonly minute?: number | undefined;
  readonly second?: number | undefined;
  readonly millisecond?: number | undefined;
}

/** Milliseconds since 1970 of those parts read as UTC, or undefined when no such day or time exists. */
export const utcOf = (parts: DateParts, roundUp: boolean): number | undefined => {
  const month = parts.month ?? 1;
  if (month < 1 || month > 12) return undefined;
  const day = parts.day ?? 1;
  if (day < 1 || day > daysInMonth(parts.year, month)) return undefined;
  const hour = parts.hour ?? (roundUp ? 23 : 0);
  const minute = parts.minute ?? (roundUp ? 59 : 0);
  const second = parts.second ?? (roundUp ? 59 : 0);
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const timeMs = ((hour * 60 + minute) * 60 + second) * 1000;
  return daysSinceEpoch(parts.year, month, day) * 86_400_000 + timeMs + (parts.millisecond ?? (roundUp ? 999 : 0));
};

/** Days from 1970-01-01 in the proleptic Gregorian calendar. `Date.UTC` cannot: it moves years 0 to 99 to 1900. */
export const daysSinceEpoch = (year: number, month: number, day: number): number => {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
};

export const daysInMonth = (year: number, month: number): number => {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
};
