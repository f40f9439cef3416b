import type { estypes } from "@elastic/elasticsearch";
import {
  askedField,
  type GroupSearch,
  type Measure,
  type PlannedSearch,
  type SearchedSource,
} from "@mozdef/alert/runtime";
import type { FieldName, QueryContainer } from "@mozdef/query";
import type { AlertStore } from "../../alert-store.ts";
import type { Answered } from "../../requests/answers.ts";
import { type BatchedSearch, totalOf } from "../../requests/msearch.ts";
import { readerOf } from "../../requests/reader.ts";
import { sharedParts } from "../../requests/shared-parts.ts";
import { StoreError, storeError } from "../../store-error.ts";

/** What the events of a group have in common: the value of each field as text, in the order of the fields. */
export type GroupKeys = readonly string[];

/** A group and how many events it has. */
export interface CountedGroup {
  readonly keys: GroupKeys;
  readonly count: number;
  /** What is measured; of different values an estimate. NaN when nothing is. */
  readonly measured: number;
}

/** Which groups are asked for. */
export interface GroupsWanted {
  readonly source: SearchedSource;
  /** By the names that the source has for them; none when all events are one group. */
  readonly fields: readonly string[];
  /** Events of a group, at least. */
  readonly threshold: number;
  readonly measure?: Measure | null;
}

/** Groups asked for at once. Below this many distinct values the server's answer is exact and complete. */
const MOST_AT_ONCE = 10_000;

/** The fields that make the groups of a search, as its source names them. */
export const groupFields = (
  { search, source }: Pick<PlannedSearch, "source"> & { readonly search: Pick<GroupSearch, "fields"> },
  fields: readonly FieldName[] = search.fields,
): readonly string[] => fields.map((field) => askedField(source, field));

/** The events of one group. */
export const membersOf = (query: QueryContainer, fields: readonly string[], keys: GroupKeys): QueryContainer =>
  fields.length === 0
    ? query
    : {
        bool: {
          filter: [query, ...fields.map((field, index) => ({ term: { [field]: { value: keys[index] ?? "" } } }))],
        },
      };

/** The search of a batch for groups: only those that reach the threshold come back. Read by {@link groupsOf}. */
export const groupsSearch = (query: QueryContainer, wanted: GroupsWanted): BatchedSearch => {
  const { source, fields, threshold, measure = null } = wanted;
  const measured = measureAggregation(source, measure);
  const aggs = aggregations(JSON.stringify([fields, threshold, measured]), () =>
    fields.reduceRight<Aggregations>(
      (inner, field) => ({
        groups: {
          terms: { field, size: MOST_AT_ONCE, min_doc_count: threshold },
          ...(Object.keys(inner).length > 0 && { aggs: inner }),
        },
      }),
      measured,
    ),
  );
  return { source, indices: source.indices, body: { query, size: 0, track_total_hits: true, aggs } };
};

type Aggregations = Record<string, estypes.AggregationsAggregationContainer>;

const aggregations = sharedParts<Aggregations>();

/** Different values are estimated, for those that may be enough to be counted. */
const measureAggregation = (source: SearchedSource, measure: Measure | null): Aggregations => {
  if (measure === null) return {};
  const field = askedField(source, measure.field);
  return { measured: measure.of === "distinct" ? { cardinality: { field } } : { [measure.of]: { field } } };
};

interface Measured {
  readonly measured?: { readonly value?: number | null };
}

/** Of several fields those of the second are in the buckets of the first. */
interface Bucket extends Measured {
  readonly key: string | number;
  readonly key_as_string?: string;
  readonly doc_count: number;
  readonly groups?: Buckets;
}

interface Buckets {
  readonly buckets: readonly Bucket[];
  readonly doc_count_error_upper_bound?: number;
  readonly sum_other_doc_count?: number;
}

/** The groups of an answer to {@link groupsSearch}; paged when there are too many values for it to be exact. */
export const groupsOf = async (
  store: AlertStore,
  { answer, asked }: Answered,
  wanted: GroupsWanted,
): Promise<readonly CountedGroup[]> => {
  if (answer.isCut === true) return allGroups(store, wanted, asked.body.query);
  if (wanted.fields.length === 0) {
    const count = totalOf(answer);
    const measured = measuredOf(answer.aggregations ?? {});
    return count >= wanted.threshold ? [{ keys: [], count, measured }] : [];
  }
  const groups = answer.aggregations?.groups as Buckets | undefined;
  if (groups === undefined && answer._shards.total === 0) return [];
  if (groups === undefined)
    throw new StoreError("STORE_SEARCH_FAILED", "The store answered without the groups asked for.");
  return isExact(groups) ? groupsIn(groups) : allGroups(store, wanted, asked.body.query);
};

const isExact = ({ buckets, doc_count_error_upper_bound = 0, sum_other_doc_count = 0 }: Buckets): boolean =>
  doc_count_error_upper_bound === 0 &&
  sum_other_doc_count === 0 &&
  buckets.every(({ groups }) => groups === undefined || isExact(groups));

const groupsIn = ({ buckets }: Buckets, above: GroupKeys = []): readonly CountedGroup[] =>
  buckets.flatMap((bucket) => {
    const keys = [...above, bucket.key_as_string ?? String(bucket.key)];
    if (bucket.groups !== undefined) return groupsIn(bucket.groups, keys);
    return [{ keys, count: bucket.doc_count, measured: measuredOf(bucket) }];
  });

const measuredOf = ({ measured }: Measured): number => measured?.value ?? Number.NaN;

/** Every group that reaches the threshold, paged to the end, however many values there are. @throws {StoreError} */
export const allGroups = async (
  store: AlertStore,
  { source, fields, threshold, measure = null }: GroupsWanted,
  query: QueryContainer,
): Promise<readonly CountedGroup[]> => {
  const found: CountedGroup[] = [];
  let after: Record<string, estypes.FieldValue> | undefined;
  try {
    const { client, names } = readerOf(store, source);
    do {
      const answer = await client.search({
        index: source.indices.map(names.physical),
        query,
        size: 0,
        // Groups of a part look like all of them.
        allow_partial_search_results: false,
        aggs: {
          groups: {
            composite: {
              size: MOST_AT_ONCE,
              sources: fields.map((field) => ({ [field]: { terms: { field } } })),
              ...(after !== undefined && { after }),
            },
            aggs: measureAggregation(source, measure),
          },
        },
      });
      const page = answer.aggregations?.groups as estypes.AggregationsCompositeAggregate | undefined;
      // Where no index is, nothing is counted.
      if (page === undefined) return found;
      const buckets = page.buckets as (estypes.AggregationsCompositeBucket & Measured)[];
      for (const { key, doc_count, measured } of buckets)
        if (doc_count >= threshold)
          found.push({
            keys: fields.map((field) => String(key[field])),
            count: doc_count,
            measured: measured?.value ?? Number.NaN,
          });
      after = page.after_key;
    } while (after !== undefined);
    return found;
  } catch (cause) {
    throw storeError(`Cannot page through the groups by ${fields.join(", ")}`, cause);
  }
};

/** By what the events of a group have in common: no two groups have the same. */
export const keyText = (keys: GroupKeys): string => JSON.stringify(keys);

/** How many groups are asked about by their keys at once. */
const KEYS_AT_ONCE = 1_000;

/**
 * Searches of a batch for certain groups only. What comes back may hold others, of events that have several values.
 *
 * @param keys - Not empty.
 */
export const groupsAmong = (
  query: QueryContainer,
  wanted: GroupsWanted,
  keys: readonly GroupKeys[],
): readonly BatchedSearch[] => {
  const { fields } = wanted;
  if (fields.length === 0) return [groupsSearch(query, wanted)];
  const searches: BatchedSearch[] = [];
  for (let start = 0; start < keys.length; start += KEYS_AT_ONCE) {
    const chunk = keys.slice(start, start + KEYS_AT_ONCE);
    const among = fields.map((field, index) => ({
      terms: { [field]: [...new Set(chunk.map((one) => one[index] ?? ""))] },
    }));
    searches.push(groupsSearch({ bool: { filter: [query, ...among] } }, wanted));
  }
  return searches;
};

/** The groups of several answers, by {@link keyText}. */
export const groupsByKey = async (
  store: AlertStore,
  answers: readonly Answered[],
  wanted: GroupsWanted,
): Promise<ReadonlyMap<string, CountedGroup>> => {
  const groups = await Promise.all(answers.map((answer) => groupsOf(store, answer, wanted)));
  return new Map(groups.flat().map((group) => [keyText(group.keys), group]));
};
