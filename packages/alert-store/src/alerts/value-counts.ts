import type { estypes } from "@elastic/elasticsearch";
import type { QueryContainer } from "@mozdef/query";
import type { AlertStore } from "../alert-store.ts";

/** Values in one answer. */
const AT_ONCE = 10_000;

/** Every value of a field among alerts, with how many have it: exact, however many values there are. */
export const valueCounts = async (
  { client, names }: AlertStore,
  query: QueryContainer,
  field: string,
): Promise<ReadonlyMap<string, number>> => {
  const counts = new Map<string, number>();
  let after: Record<string, estypes.FieldValue> | undefined;
  do {
    const { aggregations } = await client.search({
      ...{ index: names.physical("alerts-*"), query, size: 0, track_total_hits: false },
      aggs: { values: { composite: { size: AT_ONCE, sources: [{ value: { terms: { field } } }], ...goingOn(after) } } },
    });
    const page = aggregations?.values as estypes.AggregationsCompositeAggregate | undefined;
    for (const { key, doc_count } of (page?.buckets ?? []) as readonly estypes.AggregationsCompositeBucket[])
      counts.set(String(key.value), doc_count);
    after = page?.after_key;
  } while (after !== undefined);
  return counts;
};

const goingOn = (after: Record<string, estypes.FieldValue> | undefined) => (after === undefined ? {} : { after });
