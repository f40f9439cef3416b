import type { Search } from "@mozdef/alert";
import type { SearchKindName, SearchOf } from "@mozdef/alert/runtime";
import type { Mutant, SearchPlace } from "../mutant/mutant.ts";
import { aggregationMutants } from "./aggregation.ts";
import { eachEventMutants } from "./each-event.ts";
import type { KindMutants } from "./kind-mutants.ts";
import { newTermMutants } from "./new-term.ts";
import { noEventMutants } from "./no-event.ts";
import { percentageMutants } from "./percentage.ts";
import { sequenceMutants } from "./sequence.ts";
import { spikeMutants } from "./spike.ts";

/** Every kind of search. A kind that is missing here does not compile. */
const KIND_MUTANTS: { readonly [Name in SearchKindName]: KindMutants<SearchOf<Name>> } = {
  eachEvent: eachEventMutants,
  aggregation: aggregationMutants,
  newTerm: newTermMutants,
  spike: spikeMutants,
  sequence: sequenceMutants,
  percentage: percentageMutants,
  noEvent: noEventMutants,
};

/** The mutants of what only searches of this kind have. */
export const kindMutants = (at: SearchPlace): readonly Mutant[] =>
  // The entry of a kind takes searches of that kind.
  (KIND_MUTANTS[at.search.kind] as KindMutants<never> as KindMutants<Search>)(at, at.search);
