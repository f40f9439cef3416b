const HOUR_MS = 3_600_000;

/** How long alerts are muted, in milliseconds, with what it is called. */
export const LENGTHS: readonly (readonly [ms: number, label: string])[] = [
  [HOUR_MS, "1 hour"],
  [4 * HOUR_MS, "4 hours"],
  [24 * HOUR_MS, "1 day"],
  [7 * 24 * HOUR_MS, "7 days"],
  [30 * 24 * HOUR_MS, "30 days"],
];

/** Of a working day, what is left at most. */
export const DEFAULT_LENGTH_MS = 4 * HOUR_MS;

/** The end of a silence that begins now. */
export const endOf = (lengthMs: number): string => new Date(Date.now() + lengthMs).toISOString();
