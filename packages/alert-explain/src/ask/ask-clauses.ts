import type { estypes } from "@elastic/elasticsearch";
import { type AlertStore, askedIndex, asOf, readerOf } from "@mozdef/alert-store";
import { compile, type QueryContainer } from "@mozdef/query";
import type { ExplainedQuery } from "../explained-query.ts";
import type { Part } from "../parts.ts";
import type { Scope } from "../scope.ts";

/** The store's answers about a query and its parts. */
export interface Answers {
  readonly looked: number;
  /** Events that pass all parts. */
  readonly all: number;
  /** By id of a part: events that pass it alone. */
  readonly alone: ReadonlyMap<string, number>;
  /** By id of a part: events that pass all other parts. */
  readonly without: ReadonlyMap<string, number>;
}

/** Asked about the clauses of a query. */
export interface ClauseQuestion extends Pick<Scope, "event"> {
  readonly now: Date;
  /** Limits what is looked at to the events of a group. */
  readonly members: QueryContainer;
}

/** Asks the store about a query and its parts in one request. */
export const askClauses = async (
  store: AlertStore,
  { query, source }: ExplainedQuery,
  parts: readonly Part[],
  { now, event, members }: ClauseQuestion,
): Promise<Answers> => {
  const { client, names } = readerOf(store, source);
  const aggs: Record<string, estypes.AggregationsAggregationContainer> = {
    all: { filter: compile(query, asOf(source, now)).query },
  };
  for (const part of everyPart(parts)) aggs[`alone_${part.id}`] = { filter: part.query };
  for (const part of parts) aggs[`without_${part.id}`] = { filter: allBut(parts, part) };
  const { hits, aggregations } = await client.search<unknown, Record<string, { readonly doc_count: number }>>({
    index: (event === undefined ? source.indices : [askedIndex(event._index, source)]).map(names.physical),
    query: event === undefined ? members : { ids: { values: [event._id] } },
    size: 0,
    track_total_hits: true,
    aggs,
  });
  const countOf = (name: string): number => aggregations?.[name]?.doc_count ?? 0;
  const { total } = hits;
  return {
    looked: typeof total === "number" ? total : (total?.value ?? 0),
    all: countOf("all"),
    alone: new Map(everyPart(parts).map(({ id }) => [id, countOf(`alone_${id}`)])),
    without: new Map(parts.map(({ id }) => [id, countOf(`without_${id}`)])),
  };
};

const everyPart = (parts: readonly Part[]): readonly Part[] =>
  parts.flatMap((part) => [part, ...everyPart(part.inner)]);

/** What fits all parts but one. */
export const allBut = (parts: readonly Part[], left: Part): QueryContainer => {
  const others = parts.filter((part) => part !== left);
  return others.length === 0 ? EVERYTHING : { bool: { filter: others.map(({ query }) => query) } };
};

export const EVERYTHING: QueryContainer = { match_all: {} };
