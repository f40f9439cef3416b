import { parseIsoDate, parseLenientIsoDate } from "./iso.ts";
import { compilePattern, type DatePattern } from "./pattern.ts";
import { type Zone, utc } from "./zone.ts";

/** One or more formats joined by `||`: the first that matches reads a date, the first of the list prints it. */
export interface DateFormat {
  /** As given. */
  readonly text: string;
  /** Milliseconds since 1970, or undefined when no format matches. */
  parse(text: string, options?: { readonly roundUp?: boolean; readonly zone?: Zone }): number | undefined;
  print(utcMs: number, zone?: Zone): string;
}

const printIso = (utcMs: number, zone: Zone): string => {
  const offsetMs = zone.offsetAt(utcMs);
  const text = new Date(utcMs + offsetMs).toISOString();
  return offsetMs === 0 ? text : text.slice(0, -1) + printOffset(offsetMs);
};

const printOffset = (offsetMs: number): string => {
  const minutes = Math.abs(offsetMs) / 60_000;
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${offsetMs < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
};

const iso: DatePattern = { parse: parseIsoDate, print: printIso };

/** A number of units since 1970, down to nanoseconds. */
const epoch = (unitMs: number, pattern: RegExp): DatePattern => ({
  parse: (text) => (pattern.test(text) ? Math.floor(Number(text) * unitMs) : undefined),
  print: (utcMs) => String(unitMs === 1 ? utcMs : utcMs / unitMs),
});

const PATTERNS: Readonly<Record<string, string>> = {
  basic_date: "yyyyMMdd",
  basic_date_time: "yyyyMMdd'T'HHmmss.SSSX",
  basic_date_time_no_millis: "yyyyMMdd'T'HHmmssX",
  date: "yyyy-MM-dd",
  strict_date: "yyyy-MM-dd",
  date_hour: "yyyy-MM-dd'T'HH",
  date_hour_minute: "yyyy-MM-dd'T'HH:mm",
  date_hour_minute_second: "yyyy-MM-dd'T'HH:mm:ss",
  strict_date_hour_minute_second: "yyyy-MM-dd'T'HH:mm:ss",
  date_hour_minute_second_millis: "yyyy-MM-dd'T'HH:mm:ss.SSS",
  date_time: "yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
  strict_date_time: "yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
  date_time_no_millis: "yyyy-MM-dd'T'HH:mm:ssXXX",
  strict_date_time_no_millis: "yyyy-MM-dd'T'HH:mm:ssXXX",
  year: "yyyy",
  year_month: "yyyy-MM",
  year_month_day: "yyyy-MM-dd",
};

const named = new Map<string, DatePattern>([
  ["strict_date_optional_time", iso],
  ["strict_date_optional_time_nanos", iso],
  ["date_optional_time", { parse: parseLenientIsoDate, print: printIso }],
  ["epoch_millis", epoch(1, /^-?\d{1,18}(?:\.\d{0,6})?$/)],
  ["epoch_second", epoch(1000, /^-?\d{1,18}(?:\.\d{0,9})?$/)],
]);

/**
 * Compiles a date format of the mapping or of a request.
 *
 * @returns undefined when a format is neither a known name nor a valid pattern.
 */
export const compileDateFormat = (text: string): DateFormat | undefined => {
  const compiled = text.split("||").map(compileOne);
  if (!compiled.every((format) => format !== undefined)) return undefined;
  const [first = iso] = compiled;
  const [recent, recentUp] = [new Map<string, number>(), new Map<string, number>()];
  return {
    text,
    print: (utcMs, zone = utc) => first.print(utcMs, zone),
    parse: (value, options) => {
      const { roundUp = false, zone = utc } = options ?? {};
      return zone === utc
        ? parseRecent(compiled, value, roundUp, roundUp ? recentUp : recent)
        : parseFirst(compiled, value, roundUp, zone);
    },
  };
};

/** As many as the fields of one document and of those that come with it may have. */
const MOST_RECENT = 16;

/** Documents that are written together have few times among them, and so have searches that are asked together. */
const parseRecent = (
  formats: readonly DatePattern[],
  value: string,
  roundUp: boolean,
  recent: Map<string, number>,
): number | undefined => {
  const known = recent.get(value);
  if (known !== undefined) return known;
  const ms = parseFirst(formats, value, roundUp, utc);
  if (ms === undefined) return undefined;
  if (recent.size >= MOST_RECENT) recent.clear();
  recent.set(value, ms);
  return ms;
};

const parseFirst = (
  formats: readonly DatePattern[],
  value: string,
  roundUp: boolean,
  zone: Zone,
): number | undefined => {
  for (const format of formats) {
    const ms = format.parse(value, roundUp, zone);
    if (ms !== undefined && Math.abs(ms) <= 8.64e15) return ms;
  }
  return undefined;
};

const compileOne = (name: string): DatePattern | undefined => {
  const known = named.get(name);
  if (known) return known;
  if (/^(?:date|strict_date|basic)[A-Z]/.test(name) || name === "") return undefined; // camel-case names were removed in version 8
  return compilePattern(Object.hasOwn(PATTERNS, name) ? (PATTERNS[name] ?? name) : name);
};

const must = (format: DateFormat | undefined): DateFormat => {
  if (!format) throw new TypeError("The default date format does not compile.");
  return format;
};

/** The format of date fields that name none. */
export const defaultDateFormat: DateFormat = must(compileDateFormat("strict_date_optional_time||epoch_millis"));
