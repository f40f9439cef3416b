/** How a time is read that does not say everything. */
export interface ReadTimeOptions {
  /** Gives the year of a time that has none: the latest that is not more than a day after this. */
  readonly receivedAt: Date;
  /** Minutes that a time without a zone is ahead of UTC. Default 0. */
  readonly zoneMinutes?: number;
}

/** What most senders write, and every machine reads: an instant on a day that all months have. */
const INSTANT =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-](?:0\d|1[0-7]):?[0-5]\d)$/;

/** As the store reads it: a date, with a time and a zone or without. */
const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2})(?::(\d{2})(?::(\d{2})([.,]\d{1,9})?)?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/;

/** The same with a blank, a slash, a small letter or a second 60, which the store does not read. */
const LOOSE =
  /^(\d{4})[-/](\d{2})[-/](\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})([.,]\d{1,9})?)? ?([Zz]|UTC|GMT|[+-]\d{2}:?(?:\d{2})?)?$/;

/** `Fri, 28 Nov 2026 05:50:00 +0000` of mails and HTTP, `28/Nov/2026:05:50:00 +0000` of web servers, `28-Nov-2026 05:50:00`. */
const DAY_FIRST =
  /^(?:[A-Za-z]{3}, )?(\d{1,2})[ /-]([A-Za-z]{3})[ /-](\d{4})[ :](\d{2}):(\d{2})(?::(\d{2})([.,]\d{1,9})?)?(?: ([Zz]|UTC|GMT|[+-]\d{2}:?\d{2}))?$/;

/** `Nov 28 05:50:00` of syslog, `Nov 28 2026 05:50:00 UTC` of CEF and Cisco. */
const MONTH_FIRST =
  /^(?:[A-Za-z]{3} )?([A-Za-z]{3}) {1,2}(\d{1,2})(?: (\d{4}))? (\d{2}):(\d{2}):(\d{2})([.,]\d{1,9})?(?: ([Zz]|UTC|GMT|[+-]\d{2}:?\d{2}))?(?: (\d{4}))?$/;

/** `11/28/2026 5:50:00 AM`: who writes AM and PM writes the month first. */
const AMERICAN = /^(\d{1,2})\/(\d{1,2})\/(\d{4}),? (\d{1,2}):(\d{2})(?::(\d{2})([.,]\d{1,9})?)? ([AaPp])[Mm]$/;

const EPOCH = /^\d{9,19}(?:\.\d{1,9})?$/;

/** Up to where a number counts seconds, milliseconds, microseconds: until the year 5138 each. Above are nanoseconds. */
const UNITS: readonly (readonly [below: number, perMs: number])[] = [
  [1e11, 1e-3],
  [1e14, 1],
  [1e17, 1e3],
  [Number.POSITIVE_INFINITY, 1e6],
];

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

const DAY_MS = 86_400_000;

/**
 * A time as the store reads it. Read are, in this order: ISO 8601 (also with a blank, slashes, a small `t` or `z`, a second 60),
 * numbers of seconds, milliseconds, microseconds or nanoseconds since 1970 by their size, the forms of mails and web servers, the
 * forms of syslog (with a year or without), `M/D/YYYY` with AM or PM. Two numbers of which nobody can say which is the month are
 * not read.
 *
 * @returns the text itself when the store reads it as it is; null when it is not a time.
 */
export const readTime = (value: unknown, options: ReadTimeOptions): string | null => {
  const text = timeText(value);
  if (text === null || INSTANT.test(text)) return text;
  const { zoneMinutes = 0 } = options;
  const receivedMs = options.receivedAt.getTime();
  if (recent.text !== text || recent.receivedMs !== receivedMs || recent.zoneMinutes !== zoneMinutes)
    recent = { text, receivedMs, zoneMinutes, time: readText(text, options) };
  return recent.time;
};

/** What was read last, and how: lines that come together are often of one second. */
let recent: {
  readonly text: string;
  readonly receivedMs: number;
  readonly zoneMinutes: number;
  readonly time: string | null;
} = { text: "", receivedMs: Number.NaN, zoneMinutes: 0, time: null };

const readText = (text: string, options: ReadTimeOptions): string | null => {
  const iso = ISO.exec(text);
  if (iso !== null) return readIso(text, iso, options);
  if (EPOCH.test(text)) return isoOf(msOf(Number(text)));
  return (
    readLoose(text, options) ??
    readDayFirst(text, options) ??
    readMonthFirst(text, options) ??
    readAmerican(text, options)
  );
};

const timeText = (value: unknown): string | null => {
  if (typeof value === "string") return value.trim();
  if (typeof value === "number") return String(value);
  return isRawNumber(value) ? value.rawJSON : null;
};

/** A number with more digits than JavaScript keeps, which JSON.parse can be told to leave as its text. */
const isRawNumber = (value: unknown): value is { readonly rawJSON: string } =>
  typeof value === "object" && value !== null && "rawJSON" in value && typeof value.rawJSON === "string";

/** The parts of a time as texts; absent ones are undefined. */
interface Parts {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: string | undefined;
  readonly hour: string | undefined;
  readonly minute: string | undefined;
  readonly second?: string | undefined;
  /** With the point or comma before it. */
  readonly fraction?: string | undefined;
  readonly zone?: string | undefined;
}

const readIso = (text: string, found: RegExpExecArray, { zoneMinutes = 0 }: ReadTimeOptions): string | null => {
  const [, year, month, day, hour = "0", minute = "0", second = "0", fraction, zone] = found;
  const parts = { year: Number(year), month: Number(month), day, hour, minute, second, fraction, zone };
  const isLocal = zone === undefined && zoneMinutes !== 0 && found[4] !== undefined;
  // A second 60 nobody reads; hours without minutes and zones of two digits only the store does, and no alert.
  if (isLocal || second === "60" || Number.isNaN(Date.parse(text))) return instantOf(parts, zoneMinutes);
  return instantOf(parts, 0) === null ? null : text;
};

const readLoose = (text: string, { zoneMinutes = 0 }: ReadTimeOptions): string | null => {
  const found = LOOSE.exec(text);
  if (found === null) return null;
  const [, year, month, day, hour, minute, second, fraction, zone] = found;
  return instantOf(
    { year: Number(year), month: Number(month), day, hour, minute, second, fraction, zone },
    zoneMinutes,
  );
};

const readDayFirst = (text: string, { zoneMinutes = 0 }: ReadTimeOptions): string | null => {
  const found = DAY_FIRST.exec(text);
  if (found === null) return null;
  const [, day, month, year, hour, minute, second, fraction, zone] = found;
  return instantOf(
    { year: Number(year), month: monthOf(month), day, hour, minute, second, fraction, zone },
    zoneMinutes,
  );
};

const readMonthFirst = (text: string, { receivedAt, zoneMinutes = 0 }: ReadTimeOptions): string | null => {
  const found = MONTH_FIRST.exec(text);
  if (found === null) return null;
  const [, month, day, before, hour, minute, second, fraction, zone, after] = found;
  const parts = { month: monthOf(month), day, hour, minute, second, fraction, zone };
  const year = before ?? after;
  if (year !== undefined) return instantOf({ ...parts, year: Number(year) }, zoneMinutes);
  const limit = receivedAt.getTime() + DAY_MS;
  const latest = new Date(limit).getUTCFullYear();
  // The 29th of February is in one of four years only.
  for (let candidate = latest; candidate >= latest - 4; candidate -= 1) {
    const instant = msOfParts({ ...parts, year: candidate }, zoneMinutes);
    if (instant !== null && instant <= limit) return isoOf(instant);
  }
  return null;
};

const readAmerican = (text: string, { zoneMinutes = 0 }: ReadTimeOptions): string | null => {
  const found = AMERICAN.exec(text);
  if (found === null) return null;
  const [, month, day, year, hour = "", minute, second, fraction, half = ""] = found;
  if (Number(hour) < 1 || Number(hour) > 12) return null;
  const clock = (Number(hour) % 12) + (half.toLowerCase() === "p" ? 12 : 0);
  const parts = { year: Number(year), month: Number(month), day, hour: String(clock), minute, second, fraction };
  return instantOf(parts, zoneMinutes);
};

const monthOf = (name: string | undefined): number => MONTHS.indexOf((name ?? "").toLowerCase()) + 1;

const instantOf = (parts: Parts, zoneMinutes: number): string | null => {
  const ms = msOfParts(parts, zoneMinutes);
  return ms === null ? null : isoOf(ms);
};

/** null for a day or an hour that does not exist, which JavaScript would take for the next one. */
const msOfParts = (parts: Parts, zoneMinutes: number): number | null => {
  const { year, month, day, hour, minute, second = "0", fraction = ".0", zone } = parts;
  const [days, hours, minutes, seconds] = [Number(day), Number(hour), Number(minute), Number(second)];
  if (month < 1 || hours > 23 || minutes > 59 || seconds > 60) return null;
  const midnight = midnightOf(year, month, days);
  if (midnight === null) return null;
  const ms = Math.floor(Number(`0.${fraction.slice(1)}`) * 1_000);
  const ahead = offsetOf(zone);
  if (ahead === null) return null;
  const offset = ahead ?? zoneMinutes;
  return midnight + ((hours * 60 + minutes - offset) * 60 + seconds) * 1_000 + ms;
};

/** Every month has this day. */
const LAST_OF_ALL = 28;

/** null when there is no such day. */
const midnightOf = (year: number, month: number, day: number): number | null => {
  // Of years below 100, Date.UTC makes those of the last century.
  if (year >= 100 && month <= 12 && day >= 1 && day <= LAST_OF_ALL) return Date.UTC(year, month - 1, day);
  const midnight = new Date(0);
  midnight.setUTCFullYear(year, month - 1, day);
  return midnight.getUTCMonth() === month - 1 && midnight.getUTCDate() === day ? midnight.getTime() : null;
};

/** As the store has it, in hours. No clock is farther from UTC than 14. */
const FARTHEST_ZONE = 18;

/** Minutes ahead of UTC; undefined without a zone, null for one that does not exist. */
const offsetOf = (zone: string | undefined): number | null | undefined => {
  if (zone === undefined || zone === "") return undefined;
  const found = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone);
  if (found === null) return 0;
  const [hours, minutes] = [Number(found[2]), Number(found[3] ?? "0")];
  if (minutes > 59 || hours * 60 + minutes > FARTHEST_ZONE * 60) return null;
  return (found[1] === "-" ? -1 : 1) * (hours * 60 + minutes);
};

const msOf = (count: number): number => {
  const [, perMs = 1] = UNITS.find(([below]) => count < below) ?? [];
  // Fractions of seconds are not exact: whole microseconds are meant.
  return Math.floor(Math.round((count / perMs) * 1_000) / 1_000);
};

/** Lines that come together often have the same second. */
const isoOf = (ms: number): string | null => {
  if (ms === last.ms) return last.text;
  const date = new Date(ms);
  const isOutside = Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9_999 || date.getUTCFullYear() < 0;
  last = { ms, text: isOutside ? null : date.toISOString() };
  return last.text;
};

let last: { readonly ms: number; readonly text: string | null } = { ms: Number.NaN, text: null };
