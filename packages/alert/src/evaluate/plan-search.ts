import { type Clause, ExistsMatch, type FieldName, TermMatch } from "@mozdef/query";
import { kindOf, type PlannedSearch, type Search } from "../kinds/kinds.ts";
import type { Guard } from "../kinds/search-kind.ts";
import {
  askedField,
  askedQuery,
  isOwnEvents,
  type SearchedSource,
  searchedSource,
  type SourceChoice,
} from "../source/searched-source.ts";

/**
 * Adds what no alert has to say itself: where the search looks, in the names used there; events that are marked as alerted under this name
 * are out, and for groups their fields have to be there. Clauses that the alert states anyway are not added twice.
 *
 * @param choice - Where events are. Default: in the service's own indices.
 * @throws {AlertError} `ALERT_SOURCE_UNKNOWN`. @throws {QueryError} `QUERY_FIELD_UNNAMED`, `QUERY_NEVER_MATCHES`.
 * @see MozDef `alerts/lib/alerttask.py`, `filtersManual` and `searchEventsAggregated`.
 */
export const planSearch = (className: string, search: Search, choice: SourceChoice = {}): PlannedSearch => {
  const name = search.name ?? className;
  const source = searchedSource(name, search, choice);
  const isMarked = source.name === null && source.indices.every(isOwnEvents);
  const marks = isMarked ? [TermMatch("alert_names", name)] : [];
  const guards = { fresh: guardOf(source, marks), any: guardOf(source, []) };
  return { name, search, source, ...kindOf(search).plan(search, guards) };
};

const guardOf =
  (source: SearchedSource, marks: readonly Clause[]): Guard =>
  (given, ...fields) => {
    const query = askedQuery(source, given);
    const { must, mustNot } = query.plan;
    const present = fields.flatMap((field) => missing(must, ExistsMatch(askedField(source, field) as FieldName)));
    return query.must(...present).mustNot(...marks.flatMap((mark) => missing(mustNot, mark)));
  };

const missing = (clauses: readonly Clause[], wanted: Clause): readonly Clause[] => {
  const text = JSON.stringify(wanted);
  return clauses.some((clause) => JSON.stringify(clause) === text) ? [] : [wanted];
};
