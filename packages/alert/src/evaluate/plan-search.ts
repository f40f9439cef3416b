import { type Clause, ExistsMatch, type SearchQuery, TermMatch } from "@mozdef/query";
import type { Search } from "../task/search.ts";

/** A search that is ready to run: whose it is, and the query with what the runtime adds to it. */
export interface PlannedSearch {
  /** The own name of the alert: stored as `classname` and in the marks of events. */
  readonly name: string;
  readonly search: Search;
  readonly query: SearchQuery;
}

/**
 * Adds what no alert has to say itself: events that already alerted under this name are out, and for groups the field has
 * to be there. Clauses that the alert states anyway are not added twice.
 *
 * @see MozDef `alerts/lib/alerttask.py`, `filtersManual` and `searchEventsAggregated`.
 */
export const planSearch = (className: string, search: Search): PlannedSearch => {
  const name = search.name ?? className;
  const { must, mustNot } = search.query.plan;
  const unseen = missing(mustNot, TermMatch("alert_names", name));
  const grouped = search.kind === "aggregation" ? missing(must, ExistsMatch(search.field)) : [];
  return { name, search, query: search.query.must(...grouped).mustNot(...unseen) };
};

const missing = (clauses: readonly Clause[], wanted: Clause): readonly Clause[] => {
  const text = JSON.stringify(wanted);
  return clauses.some((clause) => JSON.stringify(clause) === text) ? [] : [wanted];
};
