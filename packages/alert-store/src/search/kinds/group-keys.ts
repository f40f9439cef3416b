import type { SearchedSource } from "@mozdef/alert/runtime";
import type { QueryContainer } from "@mozdef/query";
import type { estypes } from "@elastic/elasticsearch";
import type { AlertStore } from "../../alert-store.ts";
import { readerOf } from "../../requests/reader.ts";
import { StoreError, storeError } from "../../store-error.ts";

/** What the events of a group have in common: the value of each field as text, in the order of the fields. */
export type GroupKeys = readonly string[];

/** Groups asked for at once. Below this many distinct values the server's answer is exact and complete. */
const MOST_AT_ONCE = 10_000;

/** The aggregation of the batched search: only groups that reach the threshold come back. */
export const groupsAggregation = (
  [field]: readonly [string],
  threshold: number,
): Record<string, estypes.AggregationsAggregationContainer> => ({
  groups: { terms: { field, size: MOST_AT_ONCE, min_doc_count: threshold } },
});

interface Bucket {
  readonly key: string | number;
  readonly key_as_string?: string;
}

/** The groups of an answer; null when there are too many values for it to be exact (then see {@link allGroupKeys}). */
export const groupKeysOf = (answer: estypes.MsearchMultiSearchItem): readonly GroupKeys[] | null => {
  const groups = answer.aggregations?.groups as
    { buckets: readonly Bucket[]; doc_count_error_upper_bound?: number; sum_other_doc_count?: number } | undefined;
  if (groups === undefined && answer._shards.total === 0) return [];
  if (groups === undefined)
    throw new StoreError("STORE_SEARCH_FAILED", "The store answered without the groups asked for.");
  const exact = (groups.doc_count_error_upper_bound ?? 0) === 0 && (groups.sum_other_doc_count ?? 0) === 0;
  return exact ? groups.buckets.map(({ key, key_as_string }) => [key_as_string ?? String(key)]) : null;
};

/** Which groups are asked for. */
export interface GroupsWanted {
  readonly source: SearchedSource;
  readonly fields: readonly string[];
  readonly threshold: number;
}

/** A group and how many events it has. */
export interface GroupCount {
  readonly keys: GroupKeys;
  readonly count: number;
}

/** Every group that reaches the threshold, paged to the end, however many values there are. */
export const allGroupKeys = async (...asked: Parameters<typeof groupCounts>): Promise<readonly GroupKeys[]> =>
  (await groupCounts(...asked)).map(({ keys }) => keys);

/** {@link allGroupKeys} with the number of their events. */
export const groupCounts = async (
  store: AlertStore,
  { source, fields, threshold }: GroupsWanted,
  query: QueryContainer,
): Promise<readonly GroupCount[]> => {
  const found: GroupCount[] = [];
  let after: Record<string, estypes.FieldValue> | undefined;
  try {
    const { client, names } = readerOf(store, source);
    do {
      const answer = await client.search({
        index: source.indices.map(names.physical),
        query,
        size: 0,
        aggs: {
          groups: {
            composite: {
              size: MOST_AT_ONCE,
              sources: fields.map((field) => ({ [field]: { terms: { field } } })),
              ...(after !== undefined && { after }),
            },
          },
        },
      });
      const page = answer.aggregations?.groups as estypes.AggregationsCompositeAggregate | undefined;
      // Where no index is, nothing is counted.
      if (page === undefined) return found;
      const buckets = page.buckets as estypes.AggregationsCompositeBucket[];
      for (const { key, doc_count } of buckets)
        if (doc_count >= threshold) found.push({ keys: fields.map((field) => String(key[field])), count: doc_count });
      after = page.after_key;
    } while (after !== undefined);
    return found;
  } catch (cause) {
    throw storeError(`Cannot page through the groups by ${fields.join(", ")}`, cause);
  }
};
