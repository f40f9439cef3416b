import type { estypes } from "@elastic/elasticsearch";
import type { SearchedSource } from "@mozdef/alert/runtime";
import { type AlertStore, readerOf } from "@mozdef/alert-store";
import type { QueryContainer } from "@mozdef/query";
import { type Keys, valueOf } from "./members.ts";

/** A group and what was asked about it. */
export interface CountedGroup {
  readonly keys: Keys;
  readonly count: number;
  /** By the name of what was asked; NaN where there is nothing. */
  readonly measured: Readonly<Record<string, number>>;
}

/** Groups by how they are shown. */
export type CountedGroups = ReadonlyMap<string, CountedGroup>;

/** What is counted in which groups. */
export interface GroupQuestion {
  readonly source: SearchedSource;
  /** By the names that the source has for them; none when all events are one group. */
  readonly fields: readonly string[];
  /** Also asked about each group, by name: the least of a field, how many values it has. */
  readonly aggs?: Readonly<Record<string, estypes.AggregationsAggregationContainer>>;
}

/** Groups that are compared: those with the most events. */
const MOST_GROUPS = 50;

/** The largest groups of each of some queries, in one request. */
export const countGroups = async <Name extends string>(
  store: AlertStore,
  { source, fields, aggs = {} }: GroupQuestion,
  queries: Readonly<Record<Name, QueryContainer>>,
  indices: readonly string[] = source.indices,
): Promise<Readonly<Record<Name, CountedGroups>>> => {
  const { client, names } = readerOf(store, source);
  const inner = groupsBy(fields, aggs);
  const list = Object.entries<QueryContainer>(queries);
  const { aggregations } = await client.search<unknown, Record<string, Answer>>({
    index: indices.map(names.physical),
    size: 0,
    ignore_unavailable: true,
    aggs: Object.fromEntries(list.map(([name, filter]) => [name, { filter, aggs: inner }])),
  });
  const measured = Object.keys(aggs);
  return Object.fromEntries(list.map(([name]) => [name, groupsIn(aggregations?.[name], fields, measured)])) as Record<
    Name,
    CountedGroups
  >;
};

type Aggregations = Record<string, estypes.AggregationsAggregationContainer>;

/** Of several fields the groups of the second are in those of the first: not every server has `multi_terms`. */
const groupsBy = (fields: readonly string[], aggs: Readonly<Aggregations>): Aggregations =>
  fields.reduceRight<Aggregations>(
    (inner, field) => ({ groups: { terms: { field, size: MOST_GROUPS }, aggs: inner } }),
    {
      ...aggs,
    },
  );

type Bucket = Answer & {
  readonly key: string | number;
  readonly key_as_string?: string;
};

type Answer = Readonly<Record<string, unknown>> & {
  readonly doc_count: number;
  readonly groups?: { readonly buckets: readonly Bucket[] };
};

const groupsIn = (
  answer: Answer | undefined,
  fields: readonly string[],
  measured: readonly string[],
): CountedGroups => {
  if (answer === undefined) return new Map();
  if (fields.length === 0)
    return new Map([["", { keys: [], count: answer.doc_count, measured: numbersIn(answer, measured) }]]);
  const groups = [...bucketsIn(answer, measured, [])].sort((a, b) => b.count - a.count).slice(0, MOST_GROUPS);
  return new Map(groups.map((group) => [valueOf(group.keys), group]));
};

const bucketsIn = (answer: Answer, measured: readonly string[], above: Keys): readonly CountedGroup[] =>
  (answer.groups?.buckets ?? []).flatMap((bucket) => {
    const keys = [...above, bucket.key_as_string ?? String(bucket.key)];
    if (bucket.groups !== undefined) return bucketsIn(bucket, measured, keys);
    return [{ keys, count: bucket.doc_count, measured: numbersIn(bucket, measured) }];
  });

const numbersIn = (
  answer: Readonly<Record<string, unknown>>,
  measured: readonly string[],
): Readonly<Record<string, number>> =>
  Object.fromEntries(
    measured.map((name) => {
      const value = (answer[name] as { readonly value?: number | null } | undefined)?.value;
      return [name, value ?? Number.NaN];
    }),
  );
