import type { Search } from "@mozdef/alert";
import type { ResultOf, SearchKindName, SearchOf, SearchResult } from "@mozdef/alert/runtime";
import { AGGREGATION } from "./aggregation.ts";
import { EACH_EVENT } from "./each-event.ts";
import { NEW_TERM } from "./new-term.ts";
import { NO_EVENT } from "./no-event.ts";
import { PERCENTAGE } from "./percentage.ts";
import type { StoreSearchKind } from "./search-kind.ts";
import { SEQUENCE } from "./sequence.ts";
import { SPIKE } from "./spike.ts";

/** Every kind of search. A kind that is missing here does not compile. */
const STORE_SEARCH_KINDS: { readonly [Name in SearchKindName]: StoreSearchKind<SearchOf<Name>, ResultOf<Name>> } = {
  eachEvent: EACH_EVENT,
  aggregation: AGGREGATION,
  newTerm: NEW_TERM,
  spike: SPIKE,
  sequence: SEQUENCE,
  percentage: PERCENTAGE,
  noEvent: NO_EVENT,
};

/** How the store answers the kind of a search. */
export const storeKindOf = ({ kind }: Search): StoreSearchKind<Search, SearchResult> =>
  // Callers hand it the search that it was asked for.
  STORE_SEARCH_KINDS[kind] as StoreSearchKind<never, SearchResult> as StoreSearchKind<Search, SearchResult>;
