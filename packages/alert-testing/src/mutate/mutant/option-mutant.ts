import type { Search } from "@mozdef/alert";
import { describeIn, type Mutant, type SearchPlace } from "./mutant.ts";

/**
 * A mutant of an option of a search.
 *
 * @param key - Tells the mutants of one search apart.
 * @param change - Gets searches of the same place; null when there is nothing to change.
 */
export const optionMutant = (
  at: SearchPlace,
  key: string,
  { description, suggestion }: Pick<Mutant, "description" | "suggestion">,
  change: (search: Search) => Search | null,
): Mutant => ({
  key: `${at.position} ${key}`,
  description: describeIn(at, description),
  suggestion,
  changeSearch: (search, position) => (position === at.position ? change(search) : null),
});
