const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Lengths of a bucket that people can read. */
const INTERVALS: readonly number[] = [
  ...[1_000, 5_000, 10_000, 30_000],
  ...[1, 5, 10, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 3, 6, 12].map((hours) => hours * HOUR_MS),
  ...[1, 7, 30, 90].map((days) => days * DAY_MS),
];

/** The longest there is. */
export const YEAR_MS = 365 * DAY_MS;

/** A time, in milliseconds since 1970. */
export interface TimeRange {
  readonly since: number;
  readonly until: number;
}

/** How long each of at most `most` buckets over a time is, in milliseconds: a length that people can read. */
export const intervalOf = ({ since, until }: TimeRange, most: number): number =>
  INTERVALS.find((length) => (until - since) / length <= most) ?? YEAR_MS;

/** The begin of every bucket of a time. */
export const bucketStarts = ({ since, until }: TimeRange, intervalMs: number): readonly number[] => {
  const first = Math.floor(since / intervalMs) * intervalMs;
  return Array.from({ length: Math.floor((until - first) / intervalMs) + 1 }, (_, index) => first + index * intervalMs);
};
