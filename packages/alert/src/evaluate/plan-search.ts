import { type Clause, ExistsMatch, type FieldName, type SearchQuery, TermMatch } from "@mozdef/query";
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
import { type AlertException, withoutExceptions } from "./exceptions.ts";

/** What an installation has an alert leave out. */
export interface Excepted {
  /** Default: none. */
  readonly exceptions?: readonly AlertException[] | undefined;
}

/**
 * Adds what no alert has to say itself: where the search looks, in the names used there; events that are marked as alerted under this name
 * are out, and for groups their fields have to be there. Clauses that the alert states anyway are not added twice.
 *
 * @param choice - Where events are, and which are left out. Default: all in the service's own indices.
 * @param now - The slot, at which exceptions hold or are over.
 * @throws {AlertError} `ALERT_SOURCE_UNKNOWN`. @throws {QueryError} `QUERY_FIELD_UNNAMED`, `QUERY_NEVER_MATCHES`.
 * @see MozDef `alerts/lib/alerttask.py`, `filtersManual` and `searchEventsAggregated`.
 */
export const planSearch = (
  className: string,
  search: Search,
  choice: SourceChoice & Excepted = {},
  now = new Date(0),
): PlannedSearch => {
  const name = search.name ?? className;
  const source = searchedSource(name, search, choice);
  const isMarked = source.name === null && source.indices.every(isOwnEvents);
  const marks = isMarked ? [TermMatch("alert_names", name)] : [];
  const clean = (query: SearchQuery): SearchQuery => withoutExceptions(query, choice.exceptions ?? [], now);
  const guards = { fresh: guardOf(source, clean, marks), any: guardOf(source, clean, []) };
  return { name, search, source, ...kindOf(search).plan(search, guards) };
};

const guardOf =
  (source: SearchedSource, clean: (query: SearchQuery) => SearchQuery, marks: readonly Clause[]): Guard =>
  (given, ...fields) => {
    const query = askedQuery(source, clean(given));
    const { must, mustNot } = query.plan;
    const present = fields.flatMap((field) => missing(must, ExistsMatch(askedField(source, field) as FieldName)));
    return query.must(...present).mustNot(...marks.flatMap((mark) => missing(mustNot, mark)));
  };

const missing = (clauses: readonly Clause[], wanted: Clause): readonly Clause[] => {
  const text = JSON.stringify(wanted);
  return clauses.some((clause) => JSON.stringify(clause) === text) ? [] : [wanted];
};
