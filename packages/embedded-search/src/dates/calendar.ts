/** Milliseconds in a day without a change of clocks. */
export const DAY_MS = 86_400_000;

/** Days from 1970-01-01 in the proleptic Gregorian calendar. `Date.UTC` cannot: it moves years 0 to 99 to 1900, and ends in 275760. */
export const daysSinceEpoch = (year: number, month: number, day: number): number => {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
};

/** A day of the calendar. */
export interface CalendarDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** The reverse of {@link daysSinceEpoch}. */
export const dateOfDays = (days: number): CalendarDate => {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
};

export const isLeapYear = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

export const daysInMonth = (year: number, month: number): number => {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
};

/** Days and the milliseconds since their midnight, exact also where a double has no more single milliseconds. */
export const splitDays = (ms: number): { readonly days: number; readonly msOfDay: number } => {
  const days = Math.floor(ms / DAY_MS);
  if (Number.isSafeInteger(ms)) return { days, msOfDay: ms - days * DAY_MS };
  const msOfDay = Number(((BigInt(ms) % BigInt(DAY_MS)) + BigInt(DAY_MS)) % BigInt(DAY_MS));
  return { days: Number((BigInt(ms) - BigInt(msOfDay)) / BigInt(DAY_MS)), msOfDay };
};

/** 1 for Monday to 7 for Sunday. */
export const dayOfWeek = (days: number): number => modulo(days + 3, 7) + 1;

const modulo = (value: number, divisor: number): number => ((value % divisor) + divisor) % divisor;

/** How weeks are counted: the day they start with (1 = Monday), and how many days of a new year make a week its first. */
export interface WeekRule {
  readonly firstDay: number;
  readonly leastDays: number;
}

export const ISO_WEEKS: WeekRule = { firstDay: 1, leastDays: 4 };
/** Of patterns: those of the United States. */
export const PATTERN_WEEKS: WeekRule = { firstDay: 7, leastDays: 1 };

/** The day a week-based year starts with. */
export const startOfWeekYear = (year: number, rule: WeekRule): number =>
  startOfWeek(daysSinceEpoch(year, 1, rule.leastDays), rule);

/** The first day of the week that holds a day. */
export const startOfWeek = (days: number, rule: WeekRule): number => days - placeInWeek(days, rule);

/** 0 for the first day of a week. */
export const placeInWeek = (days: number, { firstDay }: WeekRule): number => modulo(dayOfWeek(days) - firstDay, 7);

export const weekOfDays = (days: number, rule: WeekRule): { readonly year: number; readonly week: number } => {
  const { year } = dateOfDays(days);
  const own = [year + 1, year, year - 1].find((one) => startOfWeekYear(one, rule) <= days) ?? year;
  return { year: own, week: Math.floor((days - startOfWeekYear(own, rule)) / 7) + 1 };
};

/** 52 or 53, or 54 where weeks may be cut at both ends. */
export const weeksInYear = (year: number, rule: WeekRule): number =>
  (startOfWeekYear(year + 1, rule) - startOfWeekYear(year, rule)) / 7;
