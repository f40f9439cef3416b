import type { QueryContainer } from "./clause-kinds.ts";
import { compile, type CompileOptions, compileWindow, type SearchBody } from "./compile.ts";
import { mozdefSchema } from "./fields/mozdef.ts";
import { type QueryPlan, queryOf, type SearchQuery } from "./search-query.ts";

/** The clauses of a query, and the fields they were checked against. */
interface CompiledClauses {
  readonly fields: object;
  readonly bool: Readonly<Record<string, unknown>> & { readonly filter: readonly QueryContainer[] };
}

/** Null until they are compiled first. */
const compiledClauses = new WeakMap<QueryPlan, CompiledClauses | null>();

/** {@link queryOf} for a query that will be compiled again and again: see {@link compileShared}. */
export const lastingQueryOf = (plan: QueryPlan): SearchQuery => {
  const query = queryOf(plan);
  compiledClauses.set(query.plan, null);
  return query;
};

/**
 * {@link compile} for whoever compiles many queries, and the same ones again: the window of all queries that look back as far from the same
 * `now` is one frozen object, and the clauses of a {@link lastingQueryOf} are the same frozen objects each time. Whoever reads the body may
 * keep what it makes of them.
 *
 * @throws {QueryError} as {@link compile}.
 */
export const compileShared = ({ plan }: SearchQuery, options: CompileOptions): SearchBody => {
  const { bool } = clausesOf(plan, options);
  if (plan.windowMs === null) return { query: { bool } };
  return { query: { bool: { ...bool, filter: [windowOf(plan.windowMs, options), ...bool.filter] } } };
};

const clausesOf = (plan: QueryPlan, options: CompileOptions): CompiledClauses => {
  const { fields } = options.schema ?? mozdefSchema;
  const known = compiledClauses.get(plan);
  if (known?.fields === fields) return known;
  const { query } = compile(queryOf({ ...plan, windowMs: null }), options);
  const bool = query.bool as CompiledClauses["bool"];
  if (known === undefined) return { fields, bool };
  const clauses = { fields, bool: frozen(bool) };
  compiledClauses.set(plan, clauses);
  return clauses;
};

/** Windows of one `now`. */
interface SharedWindows {
  readonly now: number;
  /** The fields that they look at. */
  readonly time: string;
  readonly known: Map<number, QueryContainer>;
}

/** Alerts that are due together look back from the same time, and most of them equally far. */
let latest: SharedWindows = { now: Number.NaN, time: "", known: new Map() };

const MOST_WINDOWS = 1_000;

const windowOf = (windowMs: number, { now, schema }: CompileOptions): QueryContainer => {
  const time = (schema ?? mozdefSchema).time.join(" ");
  if (latest.now !== now.getTime() || latest.time !== time || latest.known.size >= MOST_WINDOWS)
    latest = { now: now.getTime(), time, known: new Map() };
  const known = latest.known.get(windowMs);
  if (known !== undefined) return known;
  const window = frozen(compileWindow(windowMs, now, schema));
  latest.known.set(windowMs, window);
  return window;
};

const frozen = <T extends object>(value: T): T => {
  for (const inner of Object.values(value) as readonly unknown[])
    if (typeof inner === "object" && inner !== null) frozen(inner);
  return Object.freeze(value);
};
