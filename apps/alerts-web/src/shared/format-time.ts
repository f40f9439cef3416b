import { timeZone } from "./time-zone.ts";

const pad = (value: number, length = 2): string => String(value).padStart(length, "0");

/**
 * A time stamp for reading, in the zone that the reader chose: `2026-01-31 09:05:07`. Fractions are left out.
 * Anything that is not a time stamp is shown as it is, so that a broken document stays visible.
 */
export const formatTime = (value: unknown, zone = timeZone()): string => {
  const date = toDate(value);
  if (date === undefined) return typeof value === "string" ? value : "no time";
  const at = zone === "UTC" ? date : asIfUtc(date);
  const day = [pad(at.getUTCFullYear(), 4), pad(at.getUTCMonth() + 1), pad(at.getUTCDate())].join("-");
  return `${day} ${[at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()].map((part) => pad(part)).join(":")}`;
};

/** The zone of a time: `UTC`, or how far the reader's clock is ahead of it at that time, such as `+02:00`; empty for what is not a time. */
export const zoneOf = (value: unknown, zone = timeZone()): string => {
  const date = toDate(value);
  if (date === undefined) return "";
  if (zone === "UTC") return "UTC";
  const minutes = -date.getTimezoneOffset();
  const ahead = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${pad(Math.floor(ahead / 60))}:${pad(ahead % 60)}`;
};

/** A time stamp for reading with its zone: `2026-01-31 09:05:07 UTC`. */
export const zonedTime = (value: unknown, zone = timeZone()): string =>
  `${formatTime(value, zone)} ${zoneOf(value, zone)}`.trimEnd();

/** The time of day, with its zone: `09:05:07 UTC`. */
export const timeOfDay = (value: Date, zone = timeZone()): string => zonedTime(value.getTime(), zone).slice(11);

/** What a field for a time (`datetime-local`) shows: `2026-01-31T09:05:07`; empty for what is not a time. */
export const inputTime = (value: unknown, zone = timeZone()): string =>
  toDate(value) === undefined ? "" : formatTime(value, zone).replace(" ", "T");

/** What was written into such a field, in ISO 8601; empty for what is not a time. */
export const timeOfInput = (text: string, zone = timeZone()): string => {
  const date = new Date(zone === "UTC" ? `${text}Z` : text);
  return text === "" || Number.isNaN(date.getTime()) ? "" : date.toISOString();
};

/** A time stamp for machines (`<time datetime>`), or undefined. */
export const machineTime = (value: unknown): string | undefined => toDate(value)?.toISOString();

const units = [
  { ms: 86_400_000, name: "d" },
  { ms: 3_600_000, name: "h" },
  { ms: 60_000, name: "min" },
] as const;

/** How long ago in one word pair: `just now`, `5 min ago`, `3 h ago`, `12 d ago`; `in the future` beyond a minute ahead. */
export const formatAge = (value: unknown, now: Date): string => {
  const date = toDate(value);
  if (date === undefined) return "";
  const ms = now.getTime() - date.getTime();
  if (ms <= -60_000) return "in the future";
  const unit = units.find((candidate) => ms >= candidate.ms);
  return unit === undefined ? "just now" : `${Math.floor(ms / unit.ms)} ${unit.name} ago`;
};

/** A time that reads in UTC as the given one does on the reader's clock. */
const asIfUtc = (date: Date): Date => new Date(date.getTime() - date.getTimezoneOffset() * 60_000);

const toDate = (value: unknown): Date | undefined => {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? undefined : date;
};
