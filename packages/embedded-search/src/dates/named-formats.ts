import { anyCase, anyZone, type DateElement, literal, optional, sequence, zoneId } from "./date-element.ts";
import { type DatePattern, patternOf } from "./date-pattern.ts";
import { ANY_ISO, type IsoNeeds, parseIsoDate, restOfIsoDate } from "./iso.ts";
import { fraction, joined, numberOf } from "./number-element.ts";
import { colonOffset, plainOffset } from "./offset-element.ts";
import { parsePattern } from "./pattern.ts";
import type { ResolverStyle } from "./resolve-date.ts";

/** Parts in a row, some of them as the text of a literal. */
const row = (...parts: readonly (DateElement | string)[]): DateElement =>
  sequence(...joined(parts.map((part) => (typeof part === "string" ? literal(part) : part))));

const two = (field: Parameters<typeof numberOf>[0]): DateElement => numberOf(field, 2, 2, "never");
const oneOrTwo = (field: Parameters<typeof numberOf>[0]): DateElement => numberOf(field, 1, 2, "never");

const anyYear = numberOf("year", 4, 10, "exceedsPad");
const fourDigitYear = numberOf("year", 4, 4, "normal");
const [hour, minute, second] = [two("hour"), two("minute"), two("second")];
const [looseHour, looseMinute, looseSecond] = [oneOrTwo("hour"), oneOrTwo("minute"), oneOrTwo("second")];
const millis = fraction(3, 3, ".");
const looseMillis = fraction(1, 9, ".");
const dayOfYear = numberOf("dayOfYear", 3, 3, "never");
const looseDayOfYear = numberOf("dayOfYear", 1, 3, "never");
const dayOfWeek = numberOf("dayOfWeek", 1, 1, "never");

const date = row(fourDigitYear, "-", two("month"), "-", two("day"));
const looseDate = row(
  numberOf("year"),
  optional(literal("-"), oneOrTwo("month"), optional(literal("-"), oneOrTwo("day"))),
);
const isoDate = row(anyYear, "-", two("month"), "-", two("day"));
const time = row(hour, ":", minute, ":", second);
const looseMinutes = row(looseHour, ":", looseMinute);
const looseTime = row(looseMinutes, ":", looseSecond);
const basicTime = row(hour, minute, second);
const isoPrinter = row(isoDate, "T", time, millis, colonOffset);
const nanosPrinter = row(isoDate, "T", time, fraction(3, 9, "."), colonOffset);
const ordinal = row(fourDigitYear, "-", dayOfYear);
const looseOrdinal = row(anyYear, "-", looseDayOfYear);
const basicDate = row(numberOf("year", 4, 10), two("month"), two("day"));
const weekDate = row(numberOf("isoWeekYear", 4, 10, "exceedsPad"), "-W", two("isoWeek"), "-", dayOfWeek);
const looseWeekDate = row(numberOf("isoWeekYear", 4, 10, "exceedsPad"), "-W", oneOrTwo("isoWeek"), "-", dayOfWeek);
const basicWeek = row(numberOf("isoWeekYear", 4, 10), "W", two("isoWeek"), numberOf("dayOfWeek"));
const looseBasicWeek = row(numberOf("isoWeekYear"), "W", oneOrTwo("isoWeek"), numberOf("dayOfWeek"));

const strictBasicWeek = row(numberOf("isoWeekYear", 4, 4, "never"), "W", oneOrTwo("isoWeek"), numberOf("dayOfWeek"));
/** `+01:00`, `+0100` or `Z`, but no region. */
const offsetOnly: DateElement = {
  ...plainOffset,
  parse: (reading, at) => Math.max(colonOffset.parse(reading, at), plainOffset.parse(reading, at)),
};

const formats = new Map<string, DatePattern>();

const define = (
  name: string,
  printer: DateElement,
  readers: readonly DateElement[] = [printer],
  style?: ResolverStyle,
) => formats.set(name, patternOf(printer, readers, style));

/** With an offset at the end: any zone is read, an offset with a colon is printed. */
const defineZoned = (name: string, printer: DateElement, reader = printer, printedZone = colonOffset) =>
  define(name, row(printer, printedZone), [row(reader, anyZone)]);

const defineIso = (name: string, needs: IsoNeeds, printer = isoPrinter) => {
  const pattern = patternOf(printer, []);
  formats.set(name, {
    ...pattern,
    parse: (text, roundUp, zone) => parseIsoDate(text, roundUp, zone, needs),
    rest: restOfIsoDate,
  });
};

const ofPattern = (pattern: string): DateElement => parsePattern(pattern);

const defineDates = (): void => {
  defineIso("iso8601", ANY_ISO);
  defineIso("strict_date_optional_time", ANY_ISO);
  defineIso("strict_date_optional_time_nanos", { parts: 6, optionalTime: true }, nanosPrinter);
  define("date_optional_time", isoPrinter, [row(looseDate, optional(literal("T"), looseOptionalTime))]);
  define("strict_date", isoDate, [isoDate], "lenient");
  define("date", isoDate, [looseDate]);
  define("basic_date", basicDate, [row(numberOf("year", 1, 4), oneOrTwo("month"), oneOrTwo("day"))]);
  define("strict_year", fourDigitYear);
  define("year", numberOf("year"));
  define("strict_year_month", row(fourDigitYear, "-", two("month")));
  define("year_month", row(anyYear, "-", two("month")), [row(numberOf("year"), "-", numberOf("month"))]);
  define("strict_year_month_day", date, [
    row(fourDigitYear, optional(literal("-"), two("month"), optional(literal("-"), two("day")))),
  ]);
  define("year_month_day", date, [row(numberOf("year"), "-", numberOf("month"), "-", numberOf("day"))]);
  define("strict_ordinal_date", ordinal);
  define("ordinal_date", row(anyYear, "-", dayOfYear), [looseOrdinal]);
  define("basic_ordinal_date", ofPattern("uuuuDDD"), undefined, "smart");
};

const looseOptionalTime = optional(
  looseHour,
  optional(
    literal(":"),
    looseMinute,
    optional(literal(":"), looseSecond),
    optional(looseMillis),
    optional(fraction(1, 9, ",")),
    optional(anyZone),
  ),
);

const defineTimes = (): void => {
  define("strict_hour", hour, undefined, "smart");
  define("hour", hour, [looseHour]);
  define("strict_hour_minute", row(hour, ":", minute), undefined, "smart");
  define("hour_minute", row(hour, ":", minute), [looseMinutes]);
  define("strict_hour_minute_second", time);
  define("hour_minute_second", time, [looseTime]);
  define("strict_hour_minute_second_millis", row(time, millis), [row(time, looseMillis)]);
  define("hour_minute_second_millis", row(time, millis), [row(looseTime, fraction(1, 3, "."))]);
  define("strict_hour_minute_second_fraction", row(time, millis), [row(time, looseMillis)]);
  define("hour_minute_second_fraction", row(time, millis), [row(looseTime, looseMillis)]);
  for (const [name, prefix] of [
    ["time", ""],
    ["t_time", "T"],
  ] as const) {
    defineZoned(`strict_${name}`, row(prefix, time, millis), row(prefix, time, looseMillis));
    defineZoned(name, row(prefix, time, millis), row(prefix, looseTime, looseMillis));
    defineZoned(`strict_${name}_no_millis`, row(prefix, time));
    defineZoned(`${name}_no_millis`, row(prefix, time), row(prefix, looseTime));
    defineZoned(`basic_${name}`, row(prefix, basicTime, millis), row(prefix, basicTime, looseMillis));
    defineZoned(`basic_${name}_no_millis`, row(prefix, basicTime));
  }
};

const WITH_ZONE: IsoNeeds = { parts: 6, optionalTime: false, zone: "needed" };

const defineDateTimes = (): void => {
  define("strict_date_hour", ofPattern("uuuu-MM-dd'T'HH"), undefined, "smart");
  define("date_hour", ofPattern("uuuu-MM-dd'T'HH"), [row(looseDate, "T", looseHour)]);
  define("strict_date_hour_minute", ofPattern("uuuu-MM-dd'T'HH:mm"), undefined, "smart");
  define("date_hour_minute", ofPattern("uuuu-MM-dd'T'HH:mm"), [row(looseDate, "T", looseMinutes)]);
  define("strict_date_hour_minute_second", ofPattern("uuuu-MM-dd'T'HH:mm:ss"));
  define("date_hour_minute_second", ofPattern("uuuu-MM-dd'T'HH:mm:ss"), [row(looseDate, "T", looseTime)]);
  const printer = row(date, "T", time, millis);
  for (const [name, loose] of [
    ["date_hour_minute_second_millis", fraction(1, 3, ".")],
    ["date_hour_minute_second_fraction", looseMillis],
  ] as const) {
    define(`strict_${name}`, printer, [row(date, "T", time, looseMillis)]);
    define(name, printer, [row(looseDate, "T", looseTime, loose)]);
  }
  defineIso("strict_date_time", WITH_ZONE, row(date, "T", time, fraction(3, 9, "."), colonOffset));
  define("date_time", isoPrinter, [
    row(looseDate, "T", looseMinutes, optional(literal(":"), looseSecond, looseMillis), offsetOnly),
  ]);
  defineIso("strict_date_time_no_millis", { ...WITH_ZONE, fraction: "none" }, row(date, "T", time, colonOffset));
  define("date_time_no_millis", row(isoDate, "T", time, zoneId), [
    row(looseDate, "T", looseMinutes, optional(literal(":"), looseSecond), optional(anyZone)),
  ]);
};

const defineOrdinalTimes = (): void => {
  const seconds = (least: number): DateElement => optional(literal(":"), second, fraction(least, 9, "."));
  const printer = row(ordinal, "T", hour, ":", minute, seconds(3));
  defineZoned("strict_ordinal_date_time", printer, row(ordinal, "T", hour, ":", minute, seconds(1)));
  const looseSeconds = optional(literal(":"), looseSecond, looseMillis);
  defineZoned("ordinal_date_time", printer, row(looseOrdinal, "T", looseMinutes, looseSeconds));
  defineZoned("strict_ordinal_date_time_no_millis", row(ordinal, "T", time));
  defineZoned("ordinal_date_time_no_millis", row(ordinal, "T", time), row(looseOrdinal, "T", looseTime));
  const basicOrdinal = ofPattern("yyyyDDD");
  defineZoned(
    "basic_ordinal_date_time",
    row(basicOrdinal, "T", basicTime, millis),
    row(basicOrdinal, "T", basicTime, looseMillis),
  );
  defineZoned("basic_ordinal_date_time_no_millis", row(ofPattern("uuuuDDD"), "T", basicTime));
  defineZoned("basic_date_time", row(basicDate, "T", basicTime, millis), row(basicDate, "T", basicTime, looseMillis));
  defineZoned("basic_date_time_no_millis", row(basicDate, "T", basicTime));
};

const defineWeeks = (): void => {
  const year = numberOf("isoWeekYear", 4, 10, "exceedsPad");
  define("strict_weekyear", year);
  define("weekyear", numberOf("isoWeekYear"));
  define("strict_weekyear_week", row(year, "-W", two("isoWeek")));
  define("weekyear_week", row(year, "-W", two("isoWeek")), [row(numberOf("isoWeekYear"), "-W", numberOf("isoWeek"))]);
  const weekDay = numberOf("dayOfWeek");
  define("strict_weekyear_week_day", row(year, "-W", two("isoWeek"), "-", weekDay));
  define("weekyear_week_day", row(year, "-W", two("isoWeek"), "-", weekDay), [
    row(numberOf("isoWeekYear"), "-W", numberOf("isoWeek"), "-", weekDay),
  ]);
  define("strict_week_date", weekDate, [row(year, anyCase("-W"), two("isoWeek"), "-", dayOfWeek)]);
  define("week_date", weekDate, [looseWeekDate]);
  defineZoned("strict_week_date_time", row(weekDate, "T", time, millis), row(weekDate, "T", time, looseMillis));
  defineZoned("week_date_time", row(weekDate, "T", time, millis), row(looseWeekDate, "T", looseTime, looseMillis));
  defineZoned("strict_week_date_time_no_millis", row(weekDate, "T", time));
  defineZoned("week_date_time_no_millis", row(weekDate, "T", time), row(looseWeekDate, "T", looseTime));
};

const defineBasicWeeks = (): void => {
  const withMillis = row(basicWeek, "T", basicTime, millis);
  define("strict_basic_week_date", basicWeek, [strictBasicWeek]);
  define("basic_week_date", basicWeek, [looseBasicWeek]);
  defineZoned(
    "strict_basic_week_date_time",
    withMillis,
    row(strictBasicWeek, "T", basicTime, looseMillis),
    plainOffset,
  );
  defineZoned("basic_week_date_time", withMillis, row(looseBasicWeek, "T", basicTime, looseMillis), plainOffset);
  defineZoned("strict_basic_week_date_time_no_millis", row(basicWeek, "T", basicTime));
  const loose = row(looseBasicWeek, "T", basicTime);
  defineZoned("basic_week_date_time_no_millis", row(basicWeek, "T", basicTime), loose, plainOffset);
};

defineDates();
defineTimes();
defineDateTimes();
defineOrdinalTimes();
defineWeeks();
defineBasicWeeks();

/** The formats that Elasticsearch has names for, except those of seconds and milliseconds since 1970. */
export const NAMED_FORMATS: ReadonlyMap<string, DatePattern> = formats;
