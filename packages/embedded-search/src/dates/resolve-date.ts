import {
  dateOfDays,
  DAY_MS,
  dayOfWeek,
  daysInMonth,
  daysSinceEpoch,
  isLeapYear,
  ISO_WEEKS,
  PATTERN_WEEKS,
  placeInWeek,
  startOfWeek,
  startOfWeekYear,
  type WeekRule,
  weeksInYear,
} from "./calendar.ts";
import { type DateField, FIELD_RANGES } from "./date-fields.ts";
import { resolveTime } from "./resolve-time.ts";

/** How strictly Java takes days that do not exist: refused, moved to the end of the month, or counted on. */
export type ResolverStyle = "strict" | "smart" | "lenient";

export type DateFields = ReadonlyMap<DateField, number>;

/** Milliseconds since 1970 of what was read, as if the clock were in UTC; undefined when there is no such time. */
export const resolveDate = (fields: DateFields, style: ResolverStyle): number | undefined => {
  if (style !== "lenient" && !areInRange(fields, style)) return undefined;
  const time = resolveTime(fields);
  if (time === "impossible") return undefined;
  const days = daysOf(fields, style, time !== undefined);
  return days === undefined ? undefined : days * DAY_MS + (time ?? 0);
};

const areInRange = (fields: DateFields, style: ResolverStyle): boolean => {
  for (const [field, value] of fields) {
    if (field === "dayOfYear" && !fields.has("year") && !fields.has("yearOfEra")) continue; // of no year: nothing is made of it
    const [least, greatest] = FIELD_RANGES[field];
    // Midnight may be written as the end of a day, unless Java is strict; Elasticsearch then takes the start of it.
    const most = field === "hour" && style === "smart" ? 24 : greatest;
    if (value < least || value > most) return false;
  }
  return (
    fields.get("hour") !== 24 || !(["minute", "second", "nano"] as const).some((field) => (fields.get(field) ?? 0) > 0)
  );
};

interface Year {
  readonly year: number;
  /** A year of an era without an era: Java leaves such a date open, so nothing is compared with it. */
  readonly isOpen: boolean;
}

const yearOf = (fields: DateFields, style: ResolverStyle): Year | undefined => {
  const [year, ofEra, era] = [fields.get("year"), fields.get("yearOfEra"), fields.get("era")];
  if (year !== undefined) return { year, isOpen: false };
  if (ofEra === undefined) return undefined;
  if (era !== undefined) return { year: era === 1 ? ofEra : 1 - ofEra, isOpen: false };
  return { year: ofEra, isOpen: style === "strict" };
};

const daysOf = (fields: DateFields, style: ResolverStyle, hasTime: boolean): number | undefined => {
  const year = yearOf(fields, style);
  const days = wholeDate(fields, year, style);
  if (days === "impossible") return undefined;
  if (days !== undefined) return year?.isOpen === true || agrees(fields, days) ? days : undefined;
  return partOfDate(fields, year?.year, hasTime);
};

const wholeDate = (
  fields: DateFields,
  year: Year | undefined,
  style: ResolverStyle,
): number | "impossible" | undefined => {
  const [month, day, ofYear] = [fields.get("month"), fields.get("day"), fields.get("dayOfYear")];
  if (year && month !== undefined && day !== undefined) return dayOfMonth(year.year, month, day, style);
  if (year && ofYear !== undefined)
    return ofYear > 365 && !isLeapYear(year.year) ? "impossible" : daysSinceEpoch(year.year, 1, ofYear);
  const iso = weekDate(fields, ["isoWeekYear", "isoWeek", "dayOfWeek"], ISO_WEEKS, style);
  return iso ?? weekDate(fields, ["weekYear", "week", "localDayOfWeek"], PATTERN_WEEKS, style);
};

const dayOfMonth = (year: number, month: number, day: number, style: ResolverStyle): number | "impossible" => {
  if (style === "lenient") {
    const months = year * 12 + month - 1;
    return daysSinceEpoch(Math.floor(months / 12), (((months % 12) + 12) % 12) + 1, 1) + day - 1;
  }
  const last = daysInMonth(year, month);
  if (day > last && style === "strict") return "impossible";
  return daysSinceEpoch(year, month, Math.min(day, last));
};

const weekDate = (
  fields: DateFields,
  [yearField, weekField, dayField]: readonly [DateField, DateField, DateField],
  rule: WeekRule,
  style: ResolverStyle,
): number | "impossible" | undefined => {
  const [year, week, day] = [fields.get(yearField), fields.get(weekField), fields.get(dayField)];
  if (year === undefined || week === undefined || day === undefined) return undefined;
  const isLoose = style === "smart" && rule === ISO_WEEKS;
  if (week > weeksInYear(year, rule) && !isLoose) return "impossible";
  return startOfWeekYear(year, rule) + (week - 1) * 7 + day - 1;
};

/** Do all other parts that were read belong to this day? */
const agrees = (fields: DateFields, days: number): boolean => {
  const { month, day } = dateOfDays(days);
  const expected: readonly (readonly [DateField, number])[] = [
    ["dayOfWeek", dayOfWeek(days)],
    ["localDayOfWeek", placeInWeek(days, PATTERN_WEEKS) + 1],
    ["quarter", Math.floor((month - 1) / 3) + 1],
    ["alignedWeek", Math.floor((day - 1) / 7) + 1],
  ];
  return expected.every(([field, value]) => (fields.get(field) ?? value) === value);
};

/** What Elasticsearch makes of dates that Java leaves open. */
const partOfDate = (fields: DateFields, year: number | undefined, hasTime: boolean): number | undefined => {
  const [isoYear, weekYear, month] = [fields.get("isoWeekYear"), fields.get("weekYear"), fields.get("month")];
  const inWeeks = isoYear !== undefined ? ISO_WEEKS : weekYear !== undefined ? PATTERN_WEEKS : undefined;
  if (inWeeks && (hasTime || year === undefined)) {
    const week = fields.get("isoWeek") ?? fields.get("week") ?? 1;
    return startOfWeek(startOfWeekYear(isoYear ?? weekYear ?? 0, inWeeks) + (week - 1) * 7, inWeeks);
  }
  if (year !== undefined) return daysSinceEpoch(year, month ?? 1, 1);
  if (month !== undefined) return daysSinceEpoch(1970, month, fields.get("day") ?? 1);
  return hasTime ? 0 : undefined;
};
