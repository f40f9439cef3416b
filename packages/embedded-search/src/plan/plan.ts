import type { Located } from "../index/documents.ts";
import type { NumberRange } from "../index/numbers-column.ts";
import type { SegmentView, Snapshot } from "../index/snapshot.ts";
import type { Mapping } from "../mapping/mapping.ts";
import type { Query, RangeQuery } from "../recipe/query.ts";
import type { Matcher } from "./matcher.ts";

/** What a query is planned against: one index at one moment. */
export interface PlanContext {
  /** Of the index, and of the aliases that it is reached by. */
  readonly names: readonly string[];
  readonly mapping: Mapping;
  readonly snapshot: Snapshot;
  /** What `now` means for the whole request. */
  readonly nowMs: number;
  /** The milliseconds of each date range read so far. */
  readonly dateRanges: Map<RangeQuery, NumberRange>;
  /** The current place of a document; it may have moved since the snapshot. */
  find(id: string): Located | undefined;
  /** Has nothing been written since the snapshot? */
  isCurrent(): boolean;
}

/** A query whose values were read by the mapping, ready for every segment of the snapshot. */
export interface Plan {
  /** The score of every match, or undefined when it differs between documents. */
  readonly constantScore: number | undefined;
  /** The highest possible score. Absent when not known or when the score is constant. */
  readonly greatestScore?: number | undefined;
  /** Could a document of this segment match, by what is known of it without reading its columns? Absent: not known. */
  readonly mayMatch?: ((view: SegmentView) => boolean) | undefined;
  bind(view: SegmentView): Matcher;
}

/** Plans a query that is part of another. */
export type Planner = (query: Query, context: PlanContext) => Plan;

/** The score of a document that matches all of these, or undefined when it is not known. */
export const greatestSum = (plans: readonly Plan[]): number | undefined => {
  let sum = 0;
  for (const { constantScore, greatestScore } of plans) {
    const greatest = constantScore ?? greatestScore;
    if (greatest === undefined) return undefined;
    sum += greatest;
  }
  return sum;
};

/** Could a document of this segment match? */
export const mayMatch = (plan: Plan, view: SegmentView): boolean => plan.mayMatch?.(view) ?? true;
