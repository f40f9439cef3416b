import type { Hit, Search } from "@mozdef/alert";
import type { EventIds, PlannedSearch } from "@mozdef/alert/runtime";
import type { QueryContainer, SearchQuery } from "@mozdef/query";
import type { AlertStore } from "../../alert-store.ts";
import type { AllHits } from "../../requests/all-hits.ts";
import type { Answered } from "../../requests/answers.ts";
import type { BatchedSearch } from "../../requests/msearch.ts";

/** A planned search on its way to the store. */
export interface AskedSearch<One extends Search> {
  readonly planned: PlannedSearch<One>;
  /** The query of the plan as of the slot. */
  readonly query: QueryContainer;
  /** Any other query as of the slot: of a second window, or of a further step. */
  readonly compile: (query: SearchQuery) => QueryContainer;
}

/** A search that follows from the first answer. */
export interface FollowUp extends BatchedSearch {
  /** The group whose events it asks for: the value of each field. */
  readonly keys: readonly string[];
  /** Its events that are embedded in an alert, and so have to come whole. */
  readonly samples: number;
}

/**
 * How the store answers a kind of search: all kinds ask in one batched request, and those that have to, in a second one. What
 * does not fit into an answer may be paged.
 */
export interface StoreSearchKind<One extends Search, Result> {
  /** What is asked in the first request. Its first search finds the events that the alert covers, and counts them. */
  readonly first: (asked: AskedSearch<One>) => readonly [BatchedSearch, ...BatchedSearch[]];
  /** What is asked in the second request, once the first is answered; empty for nothing. */
  readonly follow: (
    store: AlertStore,
    asked: AskedSearch<One>,
    answers: FirstAnswers,
  ) => readonly FollowUp[] | Promise<readonly FollowUp[]>;
  /** What was found. */
  readonly result: (
    store: AlertStore,
    asked: AskedSearch<One>,
    answers: FirstAnswers,
    followed: readonly Answered<FollowUp>[],
  ) => Result | Promise<Result>;
  /** The events of a result, each of which an alert may cover. */
  readonly events: (result: Result) => readonly Hit[];
  /** A result less the events that were covered before. */
  readonly without: (result: Result, covered: Covered) => Result | Promise<Result>;
}

/** What an alert has covered before. */
export interface Covered {
  readonly isCovered: (event: Hit) => boolean;
  /** Ids less those that were covered. */
  readonly less: (ids: readonly EventIds[]) => Promise<readonly EventIds[]>;
  /** The first of these events, whole, and the ids of the rest. */
  readonly load: (ids: readonly EventIds[], most: number) => Promise<AllHits>;
}

/** The answers to {@link StoreSearchKind.first}, in order. */
export type FirstAnswers = readonly [Answered, ...Answered[]];
