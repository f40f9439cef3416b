import { type Buckets, checkBucketCount } from "./buckets.ts";
import { smallest } from "./smallest.ts";

/** Which groups of an aggregation are shown, and in which order; defaults filled in. */
export interface RankOptions {
  readonly size: number;
  /** Groups that a shard of Elasticsearch would give. Undefined: its own choice. */
  readonly shardSize: number | undefined;
  readonly minDocCount: number;
  readonly shardMinDocCount: number;
  /** `show_term_doc_count_error` */
  readonly showError: boolean;
  readonly order: readonly GroupOrder[];
}

/** `_count`, `_key`, or the path of a number in a sub-aggregation. */
export interface GroupOrder {
  readonly path: string;
  readonly descending: boolean;
}

/** The groups that are shown, best first, and what an answer says of the others. */
export interface Ranking {
  readonly shown: readonly number[];
  readonly totals: { readonly doc_count_error_upper_bound: number; readonly sum_other_doc_count: number };
  /** What each shown bucket says besides. */
  readonly perBucket: { readonly doc_count_error_upper_bound?: number };
}

type Compare = (a: number, b: number) => number;

/** What is known of a group by its number. */
export interface Counted extends Pick<Buckets, "count" | "metric"> {
  /** Leaves out groups that are surely not among the first of those by count, the greatest first, and then by key. */
  mostFrequent?(groups: readonly number[], size: number): readonly number[];
}

/**
 * Puts groups in order and cuts them, in the two steps of Elasticsearch: as one shard does, then as the node that merges.
 *
 * @throws {ApiError} 400 when an answer would have more buckets than allowed.
 */
export const rankGroups = (
  groups: readonly number[],
  buckets: Counted,
  options: RankOptions,
  compareKeys: Compare,
): Ranking => {
  const { size, minDocCount } = options;
  const counted = (some: readonly number[]): number => some.reduce((sum, group) => sum + buckets.count(group), 0);
  const eligible = preselected(eligibleGroups(groups, buckets, options), buckets, options);
  // A group with too few documents is dropped from the best groups of the shard; the others do not count it anywhere.
  const best = smallest(eligible, shardSizeOf(options), comparison(options.order, buckets, compareKeys));
  const enough = best
    .filter((group) => buckets.count(group) >= minDocCount)
    .sort(finalOrder(options.order, buckets, compareKeys));
  const shown = enough.slice(0, size);
  checkBucketCount(shown.length);
  const error = countError(options, best.length);
  return {
    shown,
    totals: {
      doc_count_error_upper_bound: error,
      sum_other_doc_count: counted(groups) - counted(best) + counted(enough.slice(size)),
    },
    perBucket: options.showError ? { doc_count_error_upper_bound: error } : {},
  };
};

const preselected = (groups: readonly number[], buckets: Counted, options: RankOptions): readonly number[] => {
  const [first, ...further] = options.order;
  if (first?.path !== "_count" || !first.descending || further.length > 0) return groups;
  return buckets.mostFrequent?.(groups, shardSizeOf(options)) ?? groups;
};

/** The groups that a shard gives at all. */
const eligibleGroups = (groups: readonly number[], buckets: Counted, options: RankOptions): readonly number[] => {
  const minimum = Math.min(options.shardMinDocCount, options.minDocCount);
  return minimum > 0 ? groups.filter((group) => buckets.count(group) >= minimum) : groups;
};

/** Counts are exact; but in some orders Elasticsearch does not trust its own once there are many groups, and answers -1. */
const countError = (options: RankOptions, groups: number): number => {
  const [first] = options.order;
  const trusted = first?.path === "_key" || (first?.path === "_count" && first.descending);
  return trusted || groups < shardSizeOf(options) ? 0 : -1;
};

/** More groups than are shown, except in the order of keys. */
const shardSizeOf = ({ size, shardSize, order }: RankOptions): number => {
  if (shardSize !== undefined) return Math.max(shardSize, size);
  return order[0]?.path === "_key" ? size : Math.floor(size * 1.5 + 10);
};

const comparison = (order: readonly GroupOrder[], buckets: Counted, compareKeys: Compare): Compare =>
  inTurn(order, buckets, compareKeys, compareOnShard);

/** The order of the answer, after that of each shard: it takes buckets without a number for the greatest. */
export const finalOrder = (order: readonly GroupOrder[], buckets: Counted, compareKeys: Compare): Compare =>
  inTurn(order, buckets, compareKeys, compareFinally);

const inTurn = (
  order: readonly GroupOrder[],
  buckets: Counted,
  compareKeys: Compare,
  compareValues: (a: number, b: number, sign: number) => number,
): Compare => {
  const comparisons = order.map(({ path, descending }): Compare => {
    const sign = descending ? -1 : 1;
    if (path === "_key") return (a, b) => sign * compareKeys(a, b);
    if (path === "_count") return (a, b) => sign * (buckets.count(a) - buckets.count(b));
    return (a, b) => compareValues(buckets.metric(a, path), buckets.metric(b, path), sign);
  });
  return (a, b) => {
    for (const compare of comparisons) {
      const result = compare(a, b);
      if (result !== 0) return result;
    }
    return compareKeys(a, b);
  };
};

/** Buckets without a number come last, whatever the direction. */
const compareOnShard = (a: number, b: number, sign: number): number => {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return sign * compareNumbers(a, b);
};

const compareFinally = (a: number, b: number, sign: number): number => {
  if (Number.isNaN(a) || Number.isNaN(b)) return sign * (Number(Number.isNaN(a)) - Number(Number.isNaN(b)));
  return sign * compareNumbers(a, b);
};

/** Also of infinities, whose difference is no number. */
const compareNumbers = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);
