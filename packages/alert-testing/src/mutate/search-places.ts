import type { Search } from "@mozdef/alert";
import { kindOf } from "@mozdef/alert/runtime";
import { formOfLists, isBaseOf } from "./places/plan-form.ts";

/**
 * The place of code that each search of `main` comes from, as a position in the list. Searches of one form are those of a loop:
 * the first of them stands for all.
 */
export const placesOf = (main: readonly Search[]): readonly number[] => {
  const forms = main.map(formOf);
  return forms.map((form) => forms.indexOf(form));
};

/** The place of queries that an alert gives to `context.search`, as far as its searches are made of them. */
export const LOOKUP = -1;

/**
 * Whether a mutant of one search changes another one, too: those from the same place of code, and queries for `context.search`
 * that the searches of this place go on from (an alert that looks for suspects first and then for each of them).
 */
export const isSamePlace = (
  origin: { readonly search: Search; readonly position: number },
  search: Search,
  position: number,
): boolean =>
  position === LOOKUP ? isBaseOf(search.query.plan, origin.search.query.plan) : position === origin.position;

/** Everything about a search except its values. Named searches are rules of their own. */
const formOf = (search: Search): string =>
  JSON.stringify([
    search.name,
    search.kind,
    kindOf(search).groupedBy(search),
    [search.query, ...search.further].map(({ plan }) => formOfLists(plan)),
  ]);
