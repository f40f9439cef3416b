import { checkKinds } from "./check-kinds.ts";
import { compileBoolean, type QueryContainer } from "./clause-kinds.ts";
import type { EventSchema } from "./fields/event-schema.ts";
import { mozdefSchema } from "./fields/mozdef.ts";
import { preview, QueryError } from "./query-error.ts";
import type { SearchQuery } from "./search-query.ts";

/** A request body that can be spread into `client.search({ index, ...body })`. */
export interface SearchBody {
  query: QueryContainer;
}

/** What a query is compiled for. */
export interface CompileOptions {
  /** The end of the window. */
  readonly now: Date;
  /** The events that are searched. Default: MozDef's own. */
  readonly schema?: EventSchema;
}

/**
 * The request body of a query. Same query and same `now` give the same body; nothing else makes one.
 *
 * Everything runs in filter context, so nothing is scored. Bounds carry milliseconds, since the store rounds coarser upper
 * bounds up.
 *
 * @param options.now - The end of the window.
 * @param options.schema - Says which fields the window looks at, and which fields are numbers. Default: MozDef's events.
 * @throws {QueryError} `QUERY_CLAUSES_EMPTY` for a query without clauses (a window alone does not count),
 * `QUERY_NOW_INVALID`, and `QUERY_VALUE_INVALID` for a numeric bound on a field that `schema` says is not a number or a date,
 * and for `TermMatch` that ignores the case of a field that it says is no keyword.
 * @example
 * ```ts
 * compile(SearchQuery().must(TermMatch("category", "syslog")), { now: new Date("2026-01-01T00:00:00Z") });
 * // { "query": { "bool": { "filter": [{ "match": { "category": { "query": "syslog" } } }] } } }
 * ```
 */
export const compile = (query: SearchQuery, { now, schema }: CompileOptions): SearchBody => {
  const { windowMs, must, mustNot, should } = query.plan;
  if (must.length + mustNot.length + should.length === 0)
    throw new QueryError(
      "QUERY_CLAUSES_EMPTY",
      "A search needs at least one clause: without one it would return every event of its window. Received: none.",
    );
  if (!(now instanceof Date) || Number.isNaN(now.getTime()))
    throw new QueryError("QUERY_NOW_INVALID", `compile needs a valid Date as now. Received: ${preview(now)}.`);
  // Clauses on MozDef's fields are checked when they are made.
  if (schema !== undefined && schema.fields !== mozdefSchema.fields)
    [...must, ...mustNot, ...should].forEach((clause) => checkKinds(clause, schema.fields));
  const window = windowMs === null ? [] : [compileWindow(windowMs, now, schema)];
  return { query: compileBoolean({ must, mustNot, should }, window) };
};

/** The window of a query by itself: any of the schema's time fields within [now - window, now]. */
export const compileWindow = (
  windowMs: number,
  now: Date,
  { time }: Pick<EventSchema, "time"> = mozdefSchema,
): QueryContainer => {
  const range = { gte: new Date(now.getTime() - windowMs).toISOString(), lte: now.toISOString() };
  return {
    bool: { should: time.map((field) => ({ range: { [field]: { ...range } } })), minimum_should_match: 1 },
  };
};
