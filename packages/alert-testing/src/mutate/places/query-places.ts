import type { Search } from "@mozdef/alert";
import { kindOf } from "@mozdef/alert/runtime";
import type { QueryPlan, SearchQuery } from "@mozdef/query";
import { queryOf } from "@mozdef/query/tools";
import type { ClausePath } from "./clause-places.ts";
import { isBaseOf } from "./plan-form.ts";

/** The queries of a search whose clauses are changed, by their position: 0 is `query`, the others are `further`. */
export const queryPlaces = (search: Search): readonly number[] =>
  // What the events that match are made of is changed along with them, as it is one place of code.
  isMadeOfAll(search) ? [0] : [0, ...search.further.map((_, index) => index + 1)];

/** The query at a position. */
export const queryAt = (search: Search, index: number): SearchQuery | undefined =>
  index === 0 ? search.query : search.further[index - 1];

/** A search with another query at a position. */
export const withQuery = (search: Search, index: number, query: SearchQuery): Search =>
  index === 0 ? { ...search, query } : { ...search, further: search.further.with(index - 1, query) };

/**
 * A search with a query changed, and with it the query that it was made of, as far as that has the same clause; null when there is
 * nothing to change.
 *
 * @param path - Of the clause; null for the window.
 */
export const changeQuery = (
  search: Search,
  index: number,
  path: ClausePath | null,
  change: (plan: QueryPlan) => QueryPlan | null,
): Search | null => {
  const query = queryAt(search, index);
  const plan = query === undefined ? null : change(query.plan);
  if (plan === null) return null;
  const changed = withQuery(search, index, queryOf(plan));
  const [all] = search.further;
  if (index > 0 || all === undefined || !isMadeOfAll(search) || !isIn(all.plan, path)) return changed;
  const other = change(all.plan);
  return other === null ? changed : withQuery(changed, 1, queryOf(other));
};

/** Whether the events that match were written as those that are 100 % with more clauses. */
const isMadeOfAll = ({ kind, query, further: [all] }: Search): boolean =>
  kind === "percentage" && all !== undefined && isBaseOf(all.plan, query.plan);

const isIn = (plan: QueryPlan, path: ClausePath | null): boolean => {
  const [first] = path ?? [];
  return first === undefined || first.index < plan[first.list].length;
};

/** What a query is for, before a description: `step 2: `. */
export const labelOfQuery = (search: Search, index: number): string => {
  if (search.kind === "percentage") return index === 0 ? "" : "of: ";
  if (search.kind !== "sequence") return "";
  const { isAbsent = false } = search.places[index] ?? {};
  const number = search.places.slice(0, index + 1).filter((place) => !place.isAbsent).length;
  return isAbsent ? `without after step ${number}: ` : `step ${number}: `;
};

/** How a query comes to find more events: without a clause, or over a longer time. */
export type Cause = "clause" | "window";

/** Whether more events at a query make fewer alerts. */
export const isContrary = (search: Search, index: number, cause: Cause): boolean => {
  switch (search.kind) {
    case "sequence":
      return search.places[index]?.isAbsent === true;
    case "percentage":
      return (search.atLeast === null) !== index > 0;
    case "spike":
      // Without a clause there are more before the window as well.
      return search.direction === "down" && cause === "window";
    case "aggregation":
      return search.measure !== null && search.atLeast === null;
    default:
      return kindOf(search).firesOnSilence;
  }
};
