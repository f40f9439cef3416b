/** How a time is read that does not say everything. */
export interface ReadTimeOptions {
  /** Gives the year of a time that has none: the latest that is not more than a day after this. */
  readonly receivedAt: Date;
  /** Minutes that a time without a zone is ahead of UTC. Default 0. */
  readonly zoneMinutes?: number;
}

/** As the store reads it: a date, with a time and a zone or without. */
const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2})(?::(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/;

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
  if (text === null) return null;
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
  const [, year, month, day, hour = "0", minute = "0", second = "0", zone] = found;
  const parts = { year: Number(year), month: Number(month), day, hour, minute, second, zone };
  if (second === "60") return instantOf({ ...parts, second }, zoneMinutes);
  if (instantOf(parts, 0) === null) return null;
  return zone !== undefined || zoneMinutes === 0 || found[4] === undefined ? text : instantOf(parts, zoneMinutes);
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
  // The 29th of February is in one of four years only.
  const latest = new Date(receivedAt.getTime() + DAY_MS).getUTCFullYear();
  for (const candidate of [latest, latest - 1, latest - 2, latest - 3, latest - 4]) {
    const instant = instantOf({ ...parts, year: candidate }, zoneMinutes);
    if (instant !== null && Date.parse(instant) <= receivedAt.getTime() + DAY_MS) return instant;
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

/** null for a day or an hour that does not exist, which JavaScript would take for the next one. */
const instantOf = (parts: Parts, zoneMinutes: number): string | null => {
  const { year, month, day, hour, minute, second = "0", fraction = ".0", zone } = parts;
  const [days, hours, minutes, seconds] = [Number(day), Number(hour), Number(minute), Number(second)];
  if (month < 1 || hours > 23 || minutes > 59 || seconds > 60) return null;
  const midnight = new Date(0);
  midnight.setUTCFullYear(year, month - 1, days);
  if (midnight.getUTCMonth() !== month - 1 || midnight.getUTCDate() !== days) return null;
  const ms = Math.floor(Number(`0.${fraction.slice(1)}`) * 1_000);
  const offset = offsetOf(zone) ?? zoneMinutes;
  return isoOf(midnight.getTime() + ((hours * 60 + minutes - offset) * 60 + seconds) * 1_000 + ms);
};

/** Minutes ahead of UTC; undefined without a zone. */
const offsetOf = (zone: string | undefined): number | undefined => {
  if (zone === undefined || zone === "") return undefined;
  const found = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone);
  if (found === null) return 0;
  const [, sign, hours, minutes = "0"] = found;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
};

const msOf = (count: number): number => {
  const [, perMs = 1] = UNITS.find(([below]) => count < below) ?? [];
  // Fractions of seconds are not exact: whole microseconds are meant.
  return Math.floor(Math.round((count / perMs) * 1_000) / 1_000);
};

const isoOf = (ms: number): string | null => {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9_999 || date.getUTCFullYear() < 0
    ? null
    : date.toISOString();
};
