import type { SearchedSource } from "@mozdef/alert/runtime";
import type { AlertStore } from "../alert-store.ts";
import { totalOf } from "../requests/msearch.ts";
import { askSource } from "./ask-source.ts";
import type { EventFilter } from "./event-filter.ts";

/** What events have in a field. */
export interface FieldValues {
  /** Events that fit the filter. */
  readonly total: number;
  /** Those that have the field. */
  readonly having: number;
  /** The most frequent values. An event with a list counts once for each of its values. */
  readonly values: readonly { readonly value: string; readonly count: number }[];
  /** How many further values' events there are. */
  readonly other: number;
}

/**
 * The most frequent values of a field among events.
 *
 * @param options.most - Values. Default 10.
 * @throws {StoreError} `STORE_QUERY_INVALID` when the store cannot count the values of the field, as of a text, or read the text of the filter.
 */
export const eventValues = async (
  store: AlertStore,
  source: SearchedSource,
  filter: EventFilter,
  { field, most = 10 }: { readonly field: string; readonly most?: number },
): Promise<FieldValues> => {
  const answer = await askSource(store, source, filter, {
    ...{ size: 0, track_total_hits: true },
    aggs: { having: { filter: { exists: { field } } }, values: { terms: { field, size: most } } },
  });
  const { having, values } = (answer.aggregations ?? {}) as Partial<ValuesAnswer>;
  return {
    total: totalOf(answer),
    having: having?.doc_count ?? 0,
    values: (values?.buckets ?? []).map((bucket) => ({
      value: bucket.key_as_string ?? String(bucket.key),
      count: bucket.doc_count,
    })),
    other: values?.sum_other_doc_count ?? 0,
  };
};

interface ValuesAnswer {
  readonly having: { readonly doc_count: number };
  readonly values: {
    readonly sum_other_doc_count: number;
    readonly buckets: readonly {
      readonly key: unknown;
      readonly key_as_string?: string;
      readonly doc_count: number;
    }[];
  };
}
