import type { Bound, Clause, ClauseKind } from "./clauses.ts";
import { QueryError, received } from "./query-error.ts";
import type { QueryPlan, SearchQuery } from "./search-query.ts";

/** A query as Elasticsearch's JSON. Fresh at each call: the caller may change it. */
export type QueryContainer = Record<string, object>;

/** A request body that can be spread into `client.search({ index, ...body })`. */
export interface SearchBody {
  query: QueryContainer;
}

/**
 * The request body of a query. Same query and same `now` give the same body; nothing else makes one.
 *
 * Everything runs in filter context: no scores. Bounds carry milliseconds, since the store rounds coarser upper bounds up.
 *
 * @param options.now - The end of the window.
 * @throws {QueryError} `QUERY_CLAUSES_EMPTY` for a query without a clause (a window alone is none), `QUERY_NOW_INVALID`.
 */
export const compile = (query: SearchQuery, { now }: { readonly now: Date }): SearchBody => {
  const { windowMs, must, mustNot, should } = query.plan;
  if (must.length + mustNot.length + should.length === 0)
    throw new QueryError(
      "QUERY_CLAUSES_EMPTY",
      "A search needs at least one clause: without one it would return every event of its window. Received: none.",
    );
  if (!(now instanceof Date) || Number.isNaN(now.getTime()))
    throw new QueryError("QUERY_NOW_INVALID", `compile needs a valid Date as now. Received: ${received(now)}.`);
  const window = windowMs === null ? [] : [compileWindow(windowMs, now)];
  return { query: bool({ must, mustNot, should }, window) };
};

/** One clause as Elasticsearch's JSON, for tools that ask about single clauses. */
export const compileClause = (clause: Clause): QueryContainer =>
  // Each entry takes the clause of its own key; the type of the table has checked that.
  (COMPILERS[clause.kind] as (clause: Clause) => QueryContainer)(clause);

const COMPILERS: { readonly [Kind in ClauseKind]: (clause: Extract<Clause, { kind: Kind }>) => QueryContainer } = {
  term: ({ field, value }) => ({ match: { [field]: { query: value } } }),
  terms: ({ field, values }) => ({ terms: { [field]: [...values] } }),
  phrase: ({ field, value }) => ({ match_phrase: { [field]: { query: value } } }),
  exists: ({ field }) => ({ exists: { field } }),
  wildcard: ({ field, pattern }) => ({ wildcard: { [field]: { value: pattern } } }),
  queryString: ({ query }) => ({ query_string: { query } }),
  lessThan: ({ field, value }) => ({ range: { [field]: { lt: bound(value) } } }),
  range: ({ field, from, to }) => ({ range: { [field]: { gte: bound(from), lte: bound(to) } } }),
  subnet: ({ field, cidr }) => ({ term: { [field]: { value: cidr } } }),
  boolean: (clause) => bool(clause, []),
};

const bool = (
  { must, mustNot, should }: Pick<QueryPlan, "must" | "mustNot" | "should">,
  first: readonly QueryContainer[],
): QueryContainer => ({
  bool: {
    filter: [...first, ...must.map(compileClause)],
    ...(mustNot.length > 0 && { must_not: mustNot.map(compileClause) }),
    // Said outright: since version 7 the server takes 0 as the default beside a filter.
    ...(should.length > 0 && { should: should.map(compileClause), minimum_should_match: 1 }),
  },
});

/** The window of a query by itself: `utctimestamp` or `receivedtimestamp` in [now - window, now]. */
export const compileWindow = (windowMs: number, now: Date): QueryContainer => {
  const range = { gte: new Date(now.getTime() - windowMs).toISOString(), lte: now.toISOString() };
  return {
    bool: {
      should: [{ range: { utctimestamp: { ...range } } }, { range: { receivedtimestamp: { ...range } } }],
      minimum_should_match: 1,
    },
  };
};

const bound = (value: Bound): string | number => (value instanceof Date ? value.toISOString() : value);
