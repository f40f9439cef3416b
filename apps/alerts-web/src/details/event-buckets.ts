import type { StoredEvent } from "@mozdef/alert-api";
import { timeOf } from "../search/event-cells.ts";
import type { Buckets } from "../shared/histogram-scale.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Lengths that people can read, in milliseconds. */
const LENGTHS = [
  ...[SECOND, 5 * SECOND, 10 * SECOND, 30 * SECOND],
  ...[MINUTE, 5 * MINUTE, 10 * MINUTE, 30 * MINUTE],
  ...[HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR],
  ...[DAY, 7 * DAY, 28 * DAY],
];

const MOST_BUCKETS = 60;

/** When events were, in buckets without gaps between the first and the last one. What has no time is left out. */
export const bucketsOf = (events: readonly StoredEvent[]): Buckets => {
  const times = events.map((event) => msOf(timeOf(event))).filter((ms) => !Number.isNaN(ms));
  if (times.length === 0) return { intervalMs: SECOND, buckets: [] };
  const [first, last] = times.reduce(
    ([low, high], ms) => [Math.min(low, ms), Math.max(high, ms)],
    [Infinity, -Infinity],
  );
  const intervalMs = lengthFor(last - first);
  const begin = Math.floor(first / intervalMs) * intervalMs;
  const placeOf = (ms: number): number => Math.floor((ms - begin) / intervalMs);
  const counts = new Map<number, number>();
  for (const ms of times) counts.set(placeOf(ms), (counts.get(placeOf(ms)) ?? 0) + 1);
  return {
    intervalMs,
    buckets: Array.from({ length: placeOf(last) + 1 }, (_, place) => ({
      at: new Date(begin + place * intervalMs).toISOString(),
      count: counts.get(place) ?? 0,
    })),
  };
};

const msOf = (time: unknown): number => (typeof time === "string" ? Date.parse(time) : Number.NaN);

const lengthFor = (span: number): number =>
  // Times come from events: some lie centuries apart.
  LENGTHS.find((length) => span / length < MOST_BUCKETS - 1) ?? Math.ceil(span / (MOST_BUCKETS - 1) / DAY) * DAY;
