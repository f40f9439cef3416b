import type { Search } from "@mozdef/alert";
import type { SearchKindName, SearchOf } from "@mozdef/alert/runtime";
import { AGGREGATION } from "./aggregation.ts";
import { EACH_EVENT } from "./each-event.ts";
import type { ExplainedKind } from "./explained-kind.ts";
import { NEW_TERM } from "./new-term.ts";
import { NO_EVENT } from "./no-event.ts";
import { PERCENTAGE } from "./percentage.ts";
import { SEQUENCE } from "./sequence.ts";
import { SPIKE } from "./spike.ts";

/** Every kind of search. A kind that is missing here does not compile. */
const EXPLAINED_KINDS: { readonly [Name in SearchKindName]: ExplainedKind<SearchOf<Name>> } = {
  eachEvent: EACH_EVENT,
  aggregation: AGGREGATION,
  newTerm: NEW_TERM,
  spike: SPIKE,
  sequence: SEQUENCE,
  percentage: PERCENTAGE,
  noEvent: NO_EVENT,
};

/** How the kind of a search is explained. */
export const explainedKindOf = ({ kind }: Pick<Search, "kind">): ExplainedKind<Search> =>
  // Callers hand it the search that it was asked for.
  EXPLAINED_KINDS[kind] as ExplainedKind<never> as ExplainedKind<Search>;
