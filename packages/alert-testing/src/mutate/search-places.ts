import type { Search } from "@mozdef/alert";
import type { Clause, QueryPlan } from "@mozdef/query";
import { fieldOf } from "./clause-places.ts";

/**
 * The place of code that each search of `main` comes from, as a position in the list. Searches of one form are those of a loop:
 * the first of them stands for all.
 */
export const placesOf = (main: readonly Search[]): readonly number[] => {
  const forms = main.map(formOf);
  return forms.map((form) => forms.indexOf(form));
};

/** Everything about a search but its values. Named searches are rules of their own. */
const formOf = (search: Search): string =>
  JSON.stringify([
    search.name,
    search.kind,
    search.kind === "aggregation" ? search.field : null,
    formOfLists(search.query.plan),
  ]);

const formOfLists = ({ must, mustNot, should }: Pick<QueryPlan, "must" | "mustNot" | "should">): unknown =>
  [must, mustNot, should].map((list) => list.map(formOfClause));

const formOfClause = (clause: Clause): unknown => [
  clause.kind,
  fieldOf(clause),
  clause.kind === "boolean" ? formOfLists(clause) : null,
];
