const pad = (value: number, length = 2): string => String(value).padStart(length, "0");

/**
 * A time stamp for reading, always in UTC: `2026-01-31 09:05:07`. Fractions are left out.
 * Anything that is not a time stamp is shown as it is, so that a broken document stays visible.
 */
export const formatTime = (value: unknown): string => {
  const date = toDate(value);
  if (date === undefined) return typeof value === "string" ? value : "no time";
  const day = [pad(date.getUTCFullYear(), 4), pad(date.getUTCMonth() + 1), pad(date.getUTCDate())].join("-");
  return `${day} ${[date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map((part) => pad(part)).join(":")}`;
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

const toDate = (value: unknown): Date | undefined => {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? undefined : date;
};
