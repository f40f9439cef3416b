import type { SegmentScope } from "../hits/scope.ts";
import type { Writable } from "../json/write-json.ts";

/** Takes one matching document into one bucket of the aggregation above (0 at the top). */
export type Collect = (document: number, bucket: number, score: () => number) => void;

/** Runs one aggregation over all segments of a search, for all buckets of the aggregation above at once. */
export interface Aggregator {
  /** Called once for each segment, in order, before its documents. */
  segment(scope: SegmentScope): Collect;
  /**
   * Takes all documents of the segment into bucket 0 at once, where that is quicker than one by one. Called directly after
   * {@link Aggregator.segment}.
   *
   * @returns false: nothing was taken.
   */
  takeAll?(scope: SegmentScope, score: () => number): boolean;
  /** The answer for one bucket of the aggregation above, also when no document came into it. */
  result(bucket: number): Writable;
  /** A number to order buckets by; undefined when the aggregation has no such number. */
  metric?(bucket: number, key: string | undefined): number | undefined;
  /** Why buckets cannot be ordered by that number, in Elasticsearch's words; undefined when they can. Absent = by none. */
  orderProblem?(key: string | undefined, name: string): string | undefined;
  /** The aggregations inside its only bucket, when there is just one for each bucket above. */
  readonly inside?: InnerNumbers | undefined;
}

/** Finds numbers of the aggregations inside a bucket by their path. */
export interface InnerNumbers {
  metric(bucket: number, path: string): number;
  /** @throws {ApiError} 400 when there is no number at that path. */
  checkPath(path: string, whole: string): void;
}

/** Makes a fresh aggregator; the request has been read by then. */
export type AggregatorFactory = () => Aggregator;

/** The aggregations inside a bucket, by name. */
export type SubAggregations = ReadonlyMap<string, AggregatorFactory>;
