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

/** What one query of a search does to the events looked at. */
export interface QueryExplanation {
  /** What the query is for: `step 2`, `100 %`. Empty for the only query of a search. */
  readonly label: string;
  readonly indices: readonly string[];
  /** Null: no limit in time. */
  readonly window: { readonly from: string; readonly to: string } | null;
  /** Events in the indices, or the one event, or the events of the one group. */
  readonly looked: number;
  readonly matching: number;
  readonly clauses: readonly ClauseExplanation[];
}

/** Events with something in common, or the lack of them. */
export interface GroupExplanation {
  /** The value of the field; of several fields their values, joined by `|`. Empty when all events are one group. */
  readonly value: string;
  /** Events that match. */
  readonly count: number;
  /** Whether the hook is called with it. */
  readonly fires: boolean;
  /** How near it is: `9 of 10, 1 missing`. */
  readonly text: string;
  /** Clauses that keep events of this group out by themselves, and how many. */
  readonly lost: readonly { readonly clause: string; readonly count: number }[];
}

/** The groups of a search. */
export interface GroupsExplanation {
  /** The fields whose values make them, as the source names them. Empty when all events are one group, or when code makes the groups. */
  readonly fields: readonly string[];
  /** Groups that fire, all of them. */
  readonly firing: number;
  /** Those that fire, then those that come nearest to it: ten at most. */
  readonly nearest: readonly GroupExplanation[];
}

/** What one search of an alert does. */
export interface SearchExplanation extends QueryExplanation {
  /** The own name that alerts get. */
  readonly name: string;
  readonly kind: Search["kind"];
  /** In words: `groups of at least 10 by hostname`. */
  readonly looksFor: string;
  /** Events that would match had they not alerted under this name before. */
  readonly alreadyAlerted: number;
  /** Its other queries: the further steps of a sequence, the events that are 100 %. */
  readonly further: readonly QueryExplanation[];
  /** Null for kinds without groups. */
  readonly groups: GroupsExplanation | null;
  /** For how long an alert speaks for its group, in milliseconds; null when every find is an alert. */
  readonly quietMs: number | null;
  /** For how long it must not be found again until the service closes it, in milliseconds; null when people close it. */
  readonly resolveMs: number | null;
  /** Whether there is something to call the hook with; of a single event or group, whether it is part of that. */
  readonly fires: boolean;
  /** Why it stays silent; null when it fires. */
  readonly silence: string | null;
}

/** Why an alert fires or stays silent at a moment. */
export interface Explanation {
  readonly alert: string;
  readonly now: string;
  readonly searches: readonly SearchExplanation[];
}
