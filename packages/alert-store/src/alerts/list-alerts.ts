import type { AlertDocument, AlertMessage } from "@mozdef/alert";
import type { estypes } from "@elastic/elasticsearch";
import type { AlertStore } from "../alert-store.ts";
import { storeError } from "../store-error.ts";
import { type AlertFilter, alertQuery } from "./alert-filter.ts";

/** One page of alerts. */
export interface AlertPage {
  /** How many alerts fit the filter in all. */
  readonly total: number;
  /** Newest first. */
  readonly alerts: readonly AlertMessage[];
  /** How many of them have each severity and each category. */
  readonly severities: Readonly<Record<string, number>>;
  readonly categories: Readonly<Record<string, number>>;
}

/** How far pages reach: the server's `index.max_result_window`. Older alerts are found by a narrower filter. */
export const DEEPEST_ALERT = 10_000;

/**
 * Lists alerts, newest first, of all months.
 *
 * @param options.from - Alerts to skip. Default 0; `from + size` is at most {@link DEEPEST_ALERT}.
 * @param options.size - Default 25.
 */
export const listAlerts = async (
  { client, names }: AlertStore,
  filter: AlertFilter = {},
  { from = 0, size = 25 }: { readonly from?: number; readonly size?: number } = {},
): Promise<AlertPage> => {
  try {
    const answer = await client.search<AlertDocument>({
      index: names.physical("alerts-*"),
      query: alertQuery(filter),
      from,
      size,
      sort: [{ utctimestamp: { order: "desc", unmapped_type: "date" } }],
      track_total_hits: true,
      aggs: {
        severities: { terms: { field: "severity", size: 20 } },
        categories: { terms: { field: "category", size: 100 } },
      },
    });
    const { total, hits } = answer.hits;
    return {
      total: typeof total === "number" ? total : (total?.value ?? 0),
      alerts: hits.flatMap(({ _index, _id = "", _source }) =>
        _source === undefined ? [] : [{ _index: names.logical(_index), _id, _source }],
      ),
      severities: countsOf(answer.aggregations?.severities),
      categories: countsOf(answer.aggregations?.categories),
    };
  } catch (cause) {
    throw storeError("Cannot list the alerts", cause);
  }
};

const countsOf = (aggregate: estypes.AggregationsAggregate | undefined): Readonly<Record<string, number>> => {
  const { buckets } = (aggregate ?? { buckets: [] }) as { buckets: readonly { key: string; doc_count: number }[] };
  return Object.fromEntries(buckets.map(({ key, doc_count }) => [key, doc_count]));
};

/** An alert by its id, of whichever month; null when there is none. */
export const getAlert = async ({ client, names }: AlertStore, id: string): Promise<AlertMessage | null> => {
  try {
    const index = names.physical("alerts-*");
    const { hits } = await client.search<AlertDocument>({ index, query: { ids: { values: [id] } }, size: 1 });
    const [hit] = hits.hits;
    return hit?._source === undefined ? null : { _index: names.logical(hit._index), _id: id, _source: hit._source };
  } catch (cause) {
    throw storeError(`Cannot read alert ${id}`, cause);
  }
};
