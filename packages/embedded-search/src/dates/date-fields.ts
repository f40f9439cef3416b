/** A part of a date that a format may have. */
export type DateField =
  | "year"
  | "yearOfEra"
  | "era"
  | "month"
  | "day"
  | "dayOfYear"
  | "quarter"
  | "dayOfWeek"
  | "isoWeekYear"
  | "isoWeek"
  | "weekYear"
  | "week"
  | "localDayOfWeek"
  | "alignedWeek"
  | "hour"
  | "clockHour"
  | "hourOfHalf"
  | "clockHourOfHalf"
  | "half"
  | "minute"
  | "second"
  | "nano"
  | "msOfDay"
  | "nanoOfDay";

/** The numbers a field may have; what is out of them is no date. */
export const FIELD_RANGES: Readonly<Record<DateField, readonly [least: number, greatest: number]>> = {
  year: [-999_999_999, 999_999_999],
  yearOfEra: [1, 999_999_999],
  era: [0, 1],
  month: [1, 12],
  day: [1, 31],
  dayOfYear: [1, 366],
  quarter: [1, 4],
  dayOfWeek: [1, 7],
  isoWeekYear: [-999_999_999, 999_999_999],
  isoWeek: [1, 53],
  weekYear: [-999_999_999, 999_999_999],
  week: [1, 54],
  localDayOfWeek: [1, 7],
  alignedWeek: [1, 5],
  hour: [0, 23],
  clockHour: [1, 24],
  hourOfHalf: [0, 11],
  clockHourOfHalf: [1, 12],
  half: [0, 1],
  minute: [0, 59],
  second: [0, 59],
  nano: [0, 999_999_999],
  msOfDay: [0, 86_399_999],
  nanoOfDay: [0, 86_399_999_999_999],
};
