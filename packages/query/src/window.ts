import { preview, QueryError } from "./query-error.ts";

/** A look-back. Units add up: `{ hours: 1, minutes: 30 }` is 90 minutes. */
export interface Duration {
  readonly weeks?: number;
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
}

const UNIT_MS: Readonly<Record<keyof Duration, number>> = {
  weeks: 604_800_000,
  days: 86_400_000,
  hours: 3_600_000,
  minutes: 60_000,
  seconds: 1_000,
};

/**
 * A duration in milliseconds.
 *
 * @throws {QueryError} `QUERY_WINDOW_INVALID` for an unknown unit, a non-finite or negative amount, or a total of zero or less.
 */
export const durationMs = (duration: Duration): number => {
  const parts = Object.entries(duration) as [keyof Duration, unknown][];
  for (const [unit, amount] of parts)
    if (!Object.hasOwn(UNIT_MS, unit) || typeof amount !== "number" || !Number.isFinite(amount) || amount < 0)
      throw invalid(duration);
  const sum = parts.reduce((ms, [unit, amount]) => ms + UNIT_MS[unit] * (amount as number), 0);
  if (sum <= 0 || !Number.isSafeInteger(Math.round(sum))) throw invalid(duration);
  return Math.round(sum);
};

const invalid = (duration: unknown): QueryError =>
  new QueryError(
    "QUERY_WINDOW_INVALID",
    `A time window needs amounts above zero in some of ${Object.keys(UNIT_MS).join(", ")}, e.g. { minutes: 2 }. Received: ${preview(duration)}.`,
  );
