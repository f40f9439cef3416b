/** As the store reads it: a date, with a time and a zone or without. */
const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2})(?::(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?)?$/;

/** The same with a blank or a small letter where the store wants a capital one. */
const LOOSE = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?) ?([Zz]|UTC|GMT|[+-]\d{2}:?\d{2})?$/;

/** `Fri, 28 Nov 2026 05:50:00 +0000`, as in mails and in HTTP. */
const RFC_2822 = /^(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}(?::\d{2})? (?:[+-]\d{4}|GMT|UTC)$/;

/** `28/Nov/2026:05:50:00 +0000`, as web servers log. */
const COMMON_LOG = /^(\d{2})\/([A-Z][a-z]{2})\/(\d{4}):(\d{2}:\d{2}:\d{2}) ([+-]\d{4})$/;

const EPOCH = /^\d{9,19}(?:\.\d{1,9})?$/;

/** Up to where a number counts seconds, milliseconds, microseconds: until the year 5138 each. Above are nanoseconds. */
const UNITS: readonly (readonly [below: number, perMs: number])[] = [
  [1e11, 1e-3],
  [1e14, 1],
  [1e17, 1e3],
  [Number.POSITIVE_INFINITY, 1e6],
];

/**
 * A time as the store reads it. What is unambiguous is read: ISO 8601 with a blank, RFC 2822, the format of web servers, seconds and
 * finer since 1970 by their size. A time without a year, or with the day and the month in an order that nobody knows, is not.
 *
 * @returns the text itself when the store reads it as it is; null when it is not a time.
 */
export const readTime = (value: unknown): string | null => {
  const text = textOf(value);
  if (text === null) return null;
  if (ISO.test(text)) return isDay(text) ? text : null;
  if (EPOCH.test(text)) return isoOf(msOf(Number(text)));
  const [, date, time, zone = "Z"] = LOOSE.exec(text) ?? [];
  if (date !== undefined && time !== undefined)
    return isDay(date)
      ? isoOf(Date.parse(`${date}T${time.replace(",", ".")}${/^[+-]/.test(zone) ? zone : "Z"}`))
      : null;
  if (RFC_2822.test(text)) return isoOf(Date.parse(text));
  const [, day, month, year, clock, offset] = COMMON_LOG.exec(text) ?? [];
  return day === undefined
    ? null
    : isoOf(Date.parse(`${day} ${month ?? ""} ${year ?? ""} ${clock ?? ""} ${offset ?? ""}`));
};

const textOf = (value: unknown): string | null => {
  if (typeof value === "string") return value.trim();
  if (typeof value === "number") return String(value);
  return isRawNumber(value) ? value.rawJSON : null;
};

/** A number with more digits than JavaScript keeps, see `parseEventJson`. */
const isRawNumber = (value: unknown): value is { readonly rawJSON: string } =>
  typeof value === "object" && value !== null && "rawJSON" in value && typeof value.rawJSON === "string";

const msOf = (count: number): number => {
  const [, perMs = 1] = UNITS.find(([below]) => count < below) ?? [];
  return count / perMs;
};

const isoOf = (ms: number): string | null => {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9_999 ? null : date.toISOString();
};

/** The store refuses the 30th of February, which JavaScript takes for the 2nd of March. */
const isDay = (text: string): boolean => {
  const [, year = "", month = "", day = "", hour = "0", minute = "0", second = "0"] = ISO.exec(text) ?? [];
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const isDate = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  return isDate && Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
};
