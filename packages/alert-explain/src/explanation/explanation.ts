import type { Search } from "@mozdef/alert";

/** Which part of a search a clause belongs to; `runtime` is what every search gets added. */
export type ClausePart = "window" | "must" | "mustNot" | "should" | "runtime";

/** What one clause does to the events looked at. */
export interface ClauseExplanation {
  readonly part: ClausePart;
  /** In the words of the DSL. */
  readonly text: string;
  /** Events that pass this clause by itself. */
  readonly passes: number;
  /** Events that only this clause keeps out: they pass all the others. */
  readonly losesAlone: number;
  /** Why it fails; only when a single event is looked at, and null when it passes. */
  readonly reason: string | null;
  /** The clauses of a combination. */
  readonly inner: readonly ClauseExplanation[];
}

/** A value of the aggregation's field. */
export interface GroupExplanation {
  readonly value: string;
  /** Events that match. */
  readonly count: number;
  /** Events that are missing to the threshold; 0 fires. */
  readonly missing: number;
  /** Clauses that keep events of this group out by themselves, and how many. */
  readonly lost: readonly { readonly clause: string; readonly count: number }[];
}

/** What one search of an alert does. */
export interface SearchExplanation {
  /** The own name that alerts get. */
  readonly name: string;
  readonly kind: Search["kind"];
  readonly indices: readonly string[];
  /** Null: no limit in time. */
  readonly window: { readonly from: string; readonly to: string } | null;
  /** Events in the indices, or the one event, or the events of the one group. */
  readonly looked: number;
  readonly matching: number;
  /** Events that would match had they not alerted under this name before. */
  readonly alreadyAlerted: number;
  readonly clauses: readonly ClauseExplanation[];
  /** Only for aggregations. */
  readonly aggregation: {
    readonly field: string;
    readonly threshold: number;
    readonly groups: readonly GroupExplanation[];
  } | null;
  /** Whether there is something to call the hook with. */
  readonly fires: boolean;
}

/** Why an alert fires or stays silent at a moment. */
export interface Explanation {
  readonly alert: string;
  readonly now: string;
  readonly searches: readonly SearchExplanation[];
}
