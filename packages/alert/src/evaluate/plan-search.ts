import { type Clause, ExistsMatch, TermMatch } from "@mozdef/query";
import { kindOf, type PlannedSearch, type Search } from "../kinds/kinds.ts";
import type { Guard } from "../kinds/search-kind.ts";

/**
 * Adds what no alert has to say itself: events that are marked as alerted under this name are out, and for groups their fields have to be
 * there. Clauses that the alert states anyway are not added twice.
 *
 * @see MozDef `alerts/lib/alerttask.py`, `filtersManual` and `searchEventsAggregated`.
 */
export const planSearch = (className: string, search: Search): PlannedSearch => {
  const name = search.name ?? className;
  const marks = search.indices.every(isOwnEvents) ? [TermMatch("alert_names", name)] : [];
  return { name, search, ...kindOf(search).plan(search, guardOf(marks)) };
};

/**
 * Only in the service's own events do the marks come from the service: elsewhere anybody may have written such a field. What is
 * covered there, the store takes out of the result.
 */
const isOwnEvents = (index: string): boolean => /^events(?:[-*]|$)/.test(index);

const guardOf =
  (marks: readonly Clause[]): Guard =>
  (query, ...fields) => {
    const { must, mustNot } = query.plan;
    const present = fields.flatMap((field) => missing(must, ExistsMatch(field)));
    return query.must(...present).mustNot(...marks.flatMap((mark) => missing(mustNot, mark)));
  };

const missing = (clauses: readonly Clause[], wanted: Clause): readonly Clause[] => {
  const text = JSON.stringify(wanted);
  return clauses.some((clause) => JSON.stringify(clause) === text) ? [] : [wanted];
};
