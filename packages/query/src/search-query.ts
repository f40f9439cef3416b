import { checkClauses } from "./check-values.ts";
import type { Clause } from "./clauses.ts";
import { type Duration, durationMs } from "./window.ts";

/** A query as data. */
export interface QueryPlan {
  /** Look-back in milliseconds; null searches everything. */
  readonly windowMs: number | null;
  readonly must: readonly Clause[];
  readonly mustNot: readonly Clause[];
  /** When there are any, at least one has to match. */
  readonly should: readonly Clause[];
}

/** An immutable query. Each method returns a new one; the old one is untouched. */
export interface SearchQuery {
  readonly plan: QueryPlan;
  /** Adds clauses that all have to match. */
  must(...clauses: readonly Clause[]): SearchQuery;
  /** Adds clauses of which none may match. */
  mustNot(...clauses: readonly Clause[]): SearchQuery;
  /** Adds clauses of which at least one has to match. */
  should(...clauses: readonly Clause[]): SearchQuery;
}

/**
 * Starts a query over the events of the last `window`: any time field of theirs within [now - window, now]. For MozDef's
 * events these are `utctimestamp` and `receivedtimestamp`.
 *
 * @param window - e.g. `{ minutes: 2 }`. Default: no limit in time.
 * @throws {QueryError} `QUERY_WINDOW_INVALID`; each method `QUERY_CLAUSE_INVALID`.
 * @example
 * ```ts
 * SearchQuery({ minutes: 2 }).must(TermMatch("category", "syslog")).mustNot(TermMatch("hostname", "test1"));
 * // { "query": { "bool": {
 * //   "filter": [
 * //     { "bool": { "should": [
 * //       { "range": { "utctimestamp": { "gte": "2025-12-31T23:58:00.000Z", "lte": "2026-01-01T00:00:00.000Z" } } },
 * //       { "range": { "receivedtimestamp": { "gte": "2025-12-31T23:58:00.000Z", "lte": "2026-01-01T00:00:00.000Z" } } }
 * //     ], "minimum_should_match": 1 } },
 * //     { "match": { "category": { "query": "syslog" } } }
 * //   ],
 * //   "must_not": [{ "match": { "hostname": { "query": "test1" } } }]
 * // } } }
 * ```
 * @see MozDef `mozdef_util/query_models/search_query.py`.
 */
export const SearchQuery = (window?: Duration): SearchQuery =>
  queryOf({ windowMs: window === undefined ? null : durationMs(window), must: [], mustNot: [], should: [] });

/** Makes a query from its plan, for tools that change queries: mutation testing, explain, backtest. */
export const queryOf = (plan: QueryPlan): SearchQuery =>
  Object.freeze({
    plan: Object.freeze({ ...plan }),
    must: (...clauses: readonly Clause[]) =>
      queryOf({ ...plan, must: [...plan.must, ...checkClauses("must", clauses)] }),
    mustNot: (...clauses: readonly Clause[]) =>
      queryOf({ ...plan, mustNot: [...plan.mustNot, ...checkClauses("mustNot", clauses)] }),
    should: (...clauses: readonly Clause[]) =>
      queryOf({ ...plan, should: [...plan.should, ...checkClauses("should", clauses)] }),
  });
