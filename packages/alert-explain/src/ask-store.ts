import type { estypes } from "@elastic/elasticsearch";
import type { PlannedSearch } from "@mozdef/alert/runtime";
import { type AlertStore, askedIndex, asOf, readerOf } from "@mozdef/alert-store";
import { compile, type QueryContainer } from "@mozdef/query";
import type { Grouping } from "./kinds/explained-kind.ts";
import type { Part } from "./parts.ts";

/** Which events a question is about. */
export interface Scope {
  /** A single event. */
  readonly event?: { readonly _index: string; readonly _id: string } | undefined;
  /** A single group of an aggregation. */
  readonly group?: string | undefined;
}

/** Events by value of the aggregation's field. */
export type GroupCounts = ReadonlyMap<string, number>;

/** How many events fit what. */
export interface Counted {
  readonly count: number;
  /** Empty when the search does not aggregate. */
  readonly groups: GroupCounts;
}

/** The store's answers about a search and its parts. */
export interface Answers {
  readonly looked: number;
  readonly all: Counted;
  /** By id of a part: events that pass it alone. */
  readonly alone: ReadonlyMap<string, number>;
  /** By id of a part: events that pass all other parts. */
  readonly without: ReadonlyMap<string, Counted>;
}

/** Values of groups that are compared: the loudest ones. */
const MOST_GROUPS = 50;

/** Asks the store about a search and its parts in one request. */
export const askStore = async (
  store: AlertStore,
  planned: PlannedSearch,
  parts: readonly Part[],
  grouping: Grouping | null,
  { now, event, group }: Scope & { readonly now: Date },
): Promise<Answers> => {
  const { source } = planned;
  const { client, names } = readerOf(store, source);
  const groups = grouping === null ? {} : { aggs: { groups: grouping.counts(MOST_GROUPS) } };
  const aggs: Record<string, estypes.AggregationsAggregationContainer> = {
    all: { filter: compile(planned.query, asOf(source, now)).query, ...groups },
  };
  for (const part of everyPart(parts)) aggs[`alone_${part.id}`] = { filter: part.query };
  for (const part of parts) aggs[`without_${part.id}`] = { filter: allBut(parts, part), ...groups };
  const { hits, aggregations } = await client.search<unknown, Record<string, FilterAnswer>>({
    index: (event === undefined ? source.indices : [askedIndex(event._index, source)]).map(names.physical),
    query: scopeQuery(event?._id, group, grouping),
    size: 0,
    track_total_hits: true,
    aggs,
  });
  const answers = aggregations ?? {};
  const total = hits.total;
  return {
    looked: typeof total === "number" ? total : (total?.value ?? 0),
    all: countedOf(answers.all),
    alone: new Map(everyPart(parts).map(({ id }) => [id, answers[`alone_${id}`]?.doc_count ?? 0])),
    without: new Map(parts.map(({ id }) => [id, countedOf(answers[`without_${id}`])])),
  };
};

const everyPart = (parts: readonly Part[]): readonly Part[] =>
  parts.flatMap((part) => [part, ...everyPart(part.inner)]);

const allBut = (parts: readonly Part[], left: Part): QueryContainer => {
  const others = parts.filter((part) => part !== left);
  return others.length === 0 ? { match_all: {} } : { bool: { filter: others.map(({ query }) => query) } };
};

const scopeQuery = (id: string | undefined, group: string | undefined, grouping: Grouping | null): QueryContainer => {
  const filters = [
    ...(id === undefined ? [] : [{ ids: { values: [id] } }]),
    ...(group === undefined || grouping === null ? [] : [grouping.only(group)]),
  ];
  return filters.length === 0 ? { match_all: {} } : { bool: { filter: filters } };
};

interface FilterAnswer {
  readonly doc_count: number;
  readonly groups?: {
    readonly buckets: readonly { key: string | number; key_as_string?: string; doc_count: number }[];
  };
}

const countedOf = (answer: FilterAnswer | undefined): Counted => ({
  count: answer?.doc_count ?? 0,
  groups: new Map(answer?.groups?.buckets.map((one) => [one.key_as_string ?? String(one.key), one.doc_count]) ?? []),
});
