import type { Search } from "@mozdef/alert";
import type { SearchKindName, SearchOf } from "@mozdef/alert/runtime";
import type { Mutant, SearchPlace } from "./mutant.ts";
import { optionMutant } from "./option-mutant.ts";

/** What a mutant of an option says and does. */
export interface OptionChange<Kind extends SearchKindName> extends Pick<Mutant, "description" | "suggestion"> {
  /** Tells the mutants of one search apart. */
  readonly key: string;
  /** Null when there is nothing to change. */
  readonly change: (search: SearchOf<Kind>) => Search | null;
}

/** Mutants of options that only one kind of search has. */
export const mutantsIn = <Kind extends SearchKindName>(
  at: SearchPlace,
  kind: Kind,
  changes: readonly OptionChange<Kind>[],
): readonly Mutant[] =>
  changes.map(({ key, change, ...texts }) =>
    optionMutant(at, key, texts, (search) => (search.kind === kind ? change(search as SearchOf<Kind>) : null)),
  );
