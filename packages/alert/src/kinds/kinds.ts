import { AGGREGATION, type AggregationResult, type AggregationSearch } from "./aggregation.ts";
import { EACH_EVENT, type EachEventResult, type EachEventSearch } from "./each-event.ts";
import { NO_EVENT, type NoEventResult, type NoEventSearch } from "./no-event.ts";
import { isQuery } from "./search-base.ts";
import { NEW_TERM, type NewTermResult, type NewTermSearch } from "./new-term.ts";
import { PERCENTAGE, type PercentageResult, type PercentageSearch } from "./percentage.ts";
import { SEQUENCE, type SequenceResult, type SequenceSearch } from "./sequence.ts";
import { SPIKE, type SpikeResult, type SpikeSearch } from "./spike.ts";
import type { HookName, PlannedOf, SearchKind } from "./search-kind.ts";

/** What `main` returns: data, not a running search. */
export type Search =
  EachEventSearch | AggregationSearch | NewTermSearch | SpikeSearch | SequenceSearch | PercentageSearch | NoEventSearch;

/** What a search found, by its kind. */
export type SearchResult =
  EachEventResult | AggregationResult | NewTermResult | SpikeResult | SequenceResult | PercentageResult | NoEventResult;

/** The name of a kind of search. */
export type SearchKindName = Search["kind"];

/** A search of one kind. */
export type SearchOf<Name extends SearchKindName> = Extract<Search, { readonly kind: Name }>;

/** A result of one kind. */
export type ResultOf<Name extends SearchKindName> = Extract<SearchResult, { readonly kind: Name }>;

/** A search that is ready to run, of any kind or of one. */
export type PlannedSearch<One extends Search = Search> = PlannedOf<One>;

/** Every kind of search. A kind that is missing here does not compile. */
export const SEARCH_KINDS: { readonly [Name in SearchKindName]: SearchKind<SearchOf<Name>, ResultOf<Name>> } = {
  eachEvent: EACH_EVENT,
  aggregation: AGGREGATION,
  newTerm: NEW_TERM,
  spike: SPIKE,
  sequence: SEQUENCE,
  percentage: PERCENTAGE,
  noEvent: NO_EVENT,
};

/** All that is known about the kind of a search. */
export const kindOf = ({ kind }: Pick<Search, "kind">): SearchKind<Search, SearchResult> =>
  // Callers hand it the search that it was asked for, and that search's result.
  SEARCH_KINDS[kind] as SearchKind<never, never> as SearchKind<Search, SearchResult>;

/** The hooks of all kinds. */
export const HOOK_NAMES: readonly HookName[] = [...new Set(Object.values(SEARCH_KINDS).map(({ hook }) => hook))];

/** Whether what `main` returned is a search; packs may bring their own copy of this package, so the shape decides. */
export const isSearch = (value: unknown): value is Search =>
  typeof value === "object" &&
  value !== null &&
  "kind" in value &&
  Object.hasOwn(SEARCH_KINDS, String(value.kind)) &&
  "query" in value &&
  isQuery(value.query);
