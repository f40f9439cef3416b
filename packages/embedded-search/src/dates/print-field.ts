import { dayOfWeek, ISO_WEEKS, PATTERN_WEEKS, placeInWeek, weekOfDays } from "./calendar.ts";
import type { DateField } from "./date-fields.ts";
import { dayOfYear, type Moment } from "./moment.ts";

const hourOf = ({ msOfDay }: Moment): number => Math.floor(msOfDay / 3_600_000);

/** The number of each field at a moment. */
export const printField: Readonly<Record<DateField, (moment: Moment) => number>> = {
  year: ({ year }) => year,
  yearOfEra: ({ year }) => (year > 0 ? year : 1 - year),
  era: ({ year }) => (year > 0 ? 1 : 0),
  month: ({ month }) => month,
  day: ({ day }) => day,
  dayOfYear,
  quarter: ({ month }) => Math.floor((month - 1) / 3) + 1,
  dayOfWeek: ({ days }) => dayOfWeek(days),
  isoWeekYear: ({ days }) => weekOfDays(days, ISO_WEEKS).year,
  isoWeek: ({ days }) => weekOfDays(days, ISO_WEEKS).week,
  weekYear: ({ days }) => weekOfDays(days, PATTERN_WEEKS).year,
  week: ({ days }) => weekOfDays(days, PATTERN_WEEKS).week,
  localDayOfWeek: ({ days }) => placeInWeek(days, PATTERN_WEEKS) + 1,
  alignedWeek: ({ day }) => Math.floor((day - 1) / 7) + 1,
  hour: hourOf,
  clockHour: (moment) => hourOf(moment) || 24,
  hourOfHalf: (moment) => hourOf(moment) % 12,
  clockHourOfHalf: (moment) => hourOf(moment) % 12 || 12,
  half: (moment) => (hourOf(moment) < 12 ? 0 : 1),
  minute: ({ msOfDay }) => Math.floor(msOfDay / 60_000) % 60,
  second: ({ msOfDay }) => Math.floor(msOfDay / 1000) % 60,
  nano: ({ msOfDay, rest }) => (msOfDay % 1000) * 1_000_000 + rest,
  msOfDay: ({ msOfDay }) => msOfDay,
  nanoOfDay: ({ msOfDay, rest }) => msOfDay * 1_000_000 + rest,
};
