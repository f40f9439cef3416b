import type { Hit, Search } from "@mozdef/alert";
import type { EventIds, PlannedSearch } from "@mozdef/alert/runtime";
import type { QueryContainer, SearchQuery } from "@mozdef/query";
import type { AlertStore } from "../../alert-store.ts";
import type { AllHits } from "../../requests/all-hits.ts";
import type { Answered } from "../../requests/answers.ts";
import type { BatchedSearch } from "../../requests/msearch.ts";

/** The groups of each of some events, by the code of an alert; none for an event that has none. */
export type KeysOf = (planned: PlannedSearch, events: readonly Hit[]) => Promise<readonly (readonly string[])[]>;

/** A planned search on its way to the store. */
export interface AskedSearch<One extends Search> {
  readonly store: AlertStore;
  readonly planned: PlannedSearch<One>;
  /** The query of the plan as of the slot. */
  readonly query: QueryContainer;
  /** Any other query as of the slot: of a second window, or of a further step. */
  readonly compile: (query: SearchQuery) => QueryContainer;
  /** A window by itself, as of the slot. */
  readonly window: (windowMs: number) => QueryContainer;
  readonly keysOf: KeysOf;
}

/**
 * A search that is being answered: it yields what it asks, gets the answers in order, and returns what was found. What all searches ask in
 * the same round goes to the store in one request, so the number of requests does not grow with the number of alerts.
 */
export type Asking<Result> = AsyncGenerator<readonly BatchedSearch[], Result, readonly Answered[]>;

/** How the store answers a kind of search. What does not fit into an answer may be paged beside the rounds. */
export interface StoreSearchKind<One extends Search, Result> {
  /** Asks in rounds. The first search of the first round finds the events that the alert covers, and counts them. */
  readonly ask: (asked: AskedSearch<One>) => Asking<Result>;
  /** The events of a result, each of which an alert may cover. */
  readonly events: (result: Result) => readonly Hit[];
  /** A result less the events that were covered before. */
  readonly without: (result: Result, covered: Covered<One>) => Result | Promise<Result>;
}

/** What an alert has covered before. */
export interface Covered<One extends Search = Search> {
  readonly planned: PlannedSearch<One>;
  readonly isCovered: (event: Hit) => boolean;
  /** Ids less those that were covered. */
  readonly less: (ids: readonly EventIds[]) => Promise<readonly EventIds[]>;
  /** The first of these events, whole, and the ids of the rest. */
  readonly load: (ids: readonly EventIds[], most: number) => Promise<AllHits>;
}
