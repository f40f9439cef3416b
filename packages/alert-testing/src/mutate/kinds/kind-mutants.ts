import type { Search } from "@mozdef/alert";
import type { Mutant, SearchPlace } from "../mutant/mutant.ts";

/** The mutants of what only one kind of search has: its own options, its further queries. */
export type KindMutants<One extends Search> = (at: SearchPlace, search: One) => readonly Mutant[];
