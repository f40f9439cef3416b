import type { Writable } from "../json/write-json.ts";
import { type AxisBounds, type AxisEntry, fillAxis, type Steps } from "./axis.ts";
import { checkBucketCount, type KeyedBuckets } from "./buckets.ts";
import { finalOrder, type GroupOrder } from "./ranking.ts";

/** Which intervals of a histogram are shown, and how; defaults filled in. */
export interface HistogramOptions {
  readonly minDocCount: number;
  readonly order: readonly GroupOrder[];
  readonly keyed: boolean;
}

/** How the start of an interval is shown. */
export interface StartStyle {
  show(start: number): Writable;
  /** `key_as_string`; undefined = not shown. */
  text(start: number): string | undefined;
  /** In place of a text, where buckets have names. */
  name(start: number): string;
}

interface Entry {
  readonly start: number;
  readonly bucket: number;
  readonly isBlank: boolean;
}

/** The answer of a histogram for one bucket of the aggregation above. */
export const showHistogram = (
  groups: KeyedBuckets<number>,
  parent: number,
  options: HistogramOptions,
  style: StartStyle,
  { steps, bounds }: { readonly steps: Steps; readonly bounds: AxisBounds | undefined },
): Writable => {
  const { minDocCount, keyed } = options;
  const { buckets } = groups;
  const starts = groups.of(parent).map((bucket) => ({ bucket, start: groups.key(bucket) }));
  const found = starts.filter(({ bucket }) => buckets.count(bucket) >= minDocCount).sort((a, b) => a.start - b.start);
  checkBucketCount(found.length);
  const axis: readonly AxisEntry[] = minDocCount === 0 ? fillAxis(found, steps, bounds) : found;
  const entries = axis.map(({ start, bucket }): Entry => ({
    start,
    bucket: bucket ?? buckets.open(),
    isBlank: bucket === undefined,
  }));
  const shown = inOrder(groups, options.order, entries).map(({ start, bucket, isBlank }) => {
    const item = {
      key_as_string: style.text(start),
      key: style.show(start),
      ...(isBlank ? buckets.blankContents() : buckets.contents(bucket)),
    };
    return [item.key_as_string ?? style.name(start), item] as const;
  });
  return { buckets: keyed ? Object.fromEntries(shown) : shown.map(([, item]) => item) };
};

/** Entries come in the order of the axis, which is only left for another order. */
const inOrder = (
  { buckets }: KeyedBuckets<number>,
  order: readonly GroupOrder[],
  entries: readonly Entry[],
): readonly Entry[] => {
  const [first] = order;
  if (first?.path === "_key") return first.descending ? [...entries].reverse() : entries;
  const startOf = new Map(entries.map(({ bucket, start }) => [bucket, start]));
  const byKey = (a: number, b: number): number => (startOf.get(a) ?? 0) - (startOf.get(b) ?? 0);
  const compare = finalOrder(order, buckets, byKey);
  return [...entries].sort((a, b) => compare(a.bucket, b.bucket));
};
