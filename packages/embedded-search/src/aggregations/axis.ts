import { checkMergedCount } from "./buckets.ts";
import type { Rounding } from "./rounding.ts";

/** Instants between which buckets are shown even when empty: starts of intervals. */
export interface AxisBounds {
  readonly min: number | undefined;
  readonly max: number | undefined;
}

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
  rounding: Rounding,
  bounds: AxisBounds | undefined,
): readonly AxisEntry[] => {
  const axis: AxisEntry[] = [];
  const fill = (from: number, goesOn: (start: number) => boolean): void => {
    for (let start = from; goesOn(start); start = rounding.next(start)) {
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
    if (before) fill(rounding.next(before.start), (start) => start < entry.start);
    axis.push(entry);
  }
  const last = entries.at(-1);
  if (last && max !== undefined && max > last.start) fill(rounding.next(last.start), (start) => start <= max);
  return axis;
};
