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
  const inner = fields.length === 0 ? aggs : { groups: { ...groupsBy(fields), aggs } };
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

const groupsBy = (fields: readonly string[]): estypes.AggregationsAggregationContainer => {
  const [field = "", ...more] = fields;
  return more.length === 0
    ? { terms: { field, size: MOST_GROUPS } }
    : { multi_terms: { terms: fields.map((one) => ({ field: one })), size: MOST_GROUPS } };
};

type Bucket = Readonly<Record<string, unknown>> & {
  readonly key: string | number | readonly (string | number)[];
  readonly key_as_string?: string;
  readonly doc_count: number;
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
  const groups = (answer.groups?.buckets ?? []).map((bucket): CountedGroup => ({
    keys: keysOf(bucket),
    count: bucket.doc_count,
    measured: numbersIn(bucket, measured),
  }));
  return new Map(groups.map((group) => [valueOf(group.keys), group]));
};

const keysOf = ({ key, key_as_string }: Bucket): Keys =>
  typeof key === "object" ? key.map(String) : [key_as_string ?? String(key)];

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
