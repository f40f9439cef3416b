import { checkClauses } from "./check-values.ts";
import type { Clause } from "./clauses.ts";
import { type Duration, durationMs } from "./window.ts";

/** What a query says, as data. */
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
 * Starts a query over the events of the last `window`: `utctimestamp` or `receivedtimestamp` within [now - window, now].
 *
 * @param window - e.g. `{ minutes: 2 }`. Default: no limit in time.
 * @throws {QueryError} `QUERY_WINDOW_INVALID`.
 * @see MozDef `mozdef_util/query_models/search_query.py`.
 */
export const SearchQuery = (window?: Duration): SearchQuery =>
  queryOf({ windowMs: window === undefined ? null : durationMs(window), must: [], mustNot: [], should: [] });

/** A query from its plan, for tools that change queries: mutation testing, explain, backtest. */
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
