import { illegalArgument } from "../errors/api-error.ts";
import { checkMergedCount } from "./buckets.ts";

/** The way from the start of an interval to that of the next. */
export interface Steps {
  next(start: number): number;
}

/** Numbers or instants between which buckets are shown even when empty; the least is the start of an interval. */
export interface AxisBounds {
  readonly min: number | undefined;
  readonly max: number | undefined;
}

/** @throws {ApiError} 400 when buckets would have to be shown where there are none. */
export const checkInside = (
  extended: AxisBounds | undefined,
  hard: AxisBounds | undefined,
  asGiven: { readonly extended: string; readonly hard: string },
): void => {
  const isBeyond =
    (extended?.min !== undefined && hard?.min !== undefined && extended.min < hard.min) ||
    (extended?.max !== undefined && hard?.max !== undefined && extended.max > hard.max);
  if (!isBeyond) return;
  throw illegalArgument(
    `Extended bounds have to be inside hard bounds, hard bounds: [${asGiven.hard}], extended bounds: [${asGiven.extended}]`,
  );
};

/** The start of an interval; the bucket is undefined where no document came. */
export interface AxisEntry {
  readonly start: number;
  readonly bucket: number | undefined;
}

/**
 * Puts empty intervals between those that have documents, and around them up to the bounds.
 *
 * Where clocks are changed, the next interval may lie before or among those there are; Elasticsearch then shows it all the same.
 */
export const fillAxis = (
  entries: readonly (AxisEntry & { readonly bucket: number })[],
  steps: Steps,
  bounds: AxisBounds | undefined,
): readonly AxisEntry[] => {
  const axis: AxisEntry[] = [];
  const fill = (from: number, goesOn: (start: number) => boolean): void => {
    for (let start = from; goesOn(start); start = steps.next(start)) {
      axis.push({ start, bucket: undefined });
      checkMergedCount(axis.length);
    }
  };
  const { min, max } = bounds ?? {};
  const [first] = entries;
  // Without documents, both ends have to be known.
  if (!first && min !== undefined && max !== undefined) fill(min, (start) => start <= max);
  if (first && min !== undefined) fill(min, (start) => start < first.start);
  for (const [i, entry] of entries.entries()) {
    const before = entries[i - 1];
    if (before) fill(steps.next(before.start), (start) => start < entry.start);
    axis.push(entry);
  }
  const last = entries.at(-1);
  if (last && max !== undefined && max > last.start) fill(steps.next(last.start), (start) => start <= max);
  return axis;
};
