import type { Search } from "@mozdef/alert";
import type { SearchKindName, SearchOf } from "@mozdef/alert/runtime";
import { AGGREGATION } from "./aggregation.ts";
import { EACH_EVENT } from "./each-event.ts";
import type { ExplainedKind } from "./explained-kind.ts";
import { NO_EVENT } from "./no-event.ts";

/** Every kind of search. A kind that is missing here does not compile. */
const EXPLAINED_KINDS: { readonly [Name in SearchKindName]: ExplainedKind<SearchOf<Name>> } = {
  eachEvent: EACH_EVENT,
  aggregation: AGGREGATION,
  newTerm: { ...EACH_EVENT, grouping: () => null, title: () => "new values" },
  spike: { ...EACH_EVENT, grouping: () => null, title: () => "spikes" },
  sequence: { ...EACH_EVENT, grouping: () => null, title: () => "sequences" },
  percentage: { ...EACH_EVENT, grouping: () => null, title: () => "percentages" },
  noEvent: NO_EVENT,
};

/** How the kind of a search is explained. */
export const explainedKindOf = ({ kind }: Pick<Search, "kind">): ExplainedKind<Search> =>
  // Callers hand it the search that it was asked for.
  EXPLAINED_KINDS[kind] as ExplainedKind<never> as ExplainedKind<Search>;
