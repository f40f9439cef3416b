import type { Hit } from "@mozdef/alert";
import type { AlertDocument, AlertMessage } from "@mozdef/alert/runtime";
import type { estypes } from "@elastic/elasticsearch";
import type { AlertStore } from "../alert-store.ts";
import { storeError } from "../store-error.ts";
import { type AlertFilter, alertQuery } from "./alert-filter.ts";

/** An alert in a list: with the number of its events in their place, since there can be thousands. */
export type ListedAlert = Hit<Omit<AlertDocument, "events"> & { readonly eventCount: number }>;

/** One value of a field and how many alerts have it. */
export interface Facet {
  readonly value: string;
  readonly count: number;
}

/** One page of alerts. */
export interface AlertPage {
  /** How many alerts fit the filter in all. */
  readonly total: number;
  /** Newest first. */
  readonly alerts: readonly ListedAlert[];
  /** What can be chosen: the severities and categories of the alerts that fit the rest of the filter, most frequent first. */
  readonly severities: readonly Facet[];
  readonly categories: readonly Facet[];
}

/** What an alert has only so that it is found. */
const FOR_SEARCH_ONLY = ["entities"];

/** How far pages reach: the server's `index.max_result_window`. Older alerts are found by a narrower filter. */
export const DEEPEST_ALERT = 10_000;

/**
 * Lists alerts, newest first, of all months.
 *
 * @param options.from - Alerts to skip. Default 0; `from + size` is at most {@link DEEPEST_ALERT}.
 * @param options.size - Default 25.
 */
export const listAlerts = async (
  store: AlertStore,
  filter: AlertFilter = {},
  { from = 0, size = 25 }: { readonly from?: number; readonly size?: number } = {},
): Promise<AlertPage> => {
  try {
    const [page, facets] = await Promise.all([pageOf(store, filter, from, size), facetsOf(store, filter)]);
    return { ...page, ...facets };
  } catch (cause) {
    throw storeError("Cannot list the alerts", cause);
  }
};

const pageOf = async (
  { client, names }: AlertStore,
  filter: AlertFilter,
  from: number,
  size: number,
): Promise<Pick<AlertPage, "total" | "alerts">> => {
  const { hits } = await client.search<AlertDocument>({
    index: names.physical("alerts-*"),
    query: alertQuery(filter),
    from,
    size,
    sort: NEWEST_FIRST,
    track_total_hits: true,
    _source: { excludes: ["events.documentsource", ...FOR_SEARCH_ONLY] },
  });
  return {
    total: typeof hits.total === "number" ? hits.total : (hits.total?.value ?? 0),
    alerts: hits.hits.flatMap(({ _index, _id = "", _source }) =>
      _source === undefined ? [] : [{ _index: names.logical(_index), _id, _source: listed(_source) }],
    ),
  };
};

/**
 * Alerts of one slot have the same time, and the store would order them by their last change: an alert would jump in the list, and
 * from page to page, when it is acknowledged.
 */
const NEWEST_FIRST: estypes.Sort = [
  { utctimestamp: { order: "desc", unmapped_type: "date" } },
  { "entities.id": { order: "asc", missing: "_last", unmapped_type: "keyword" } },
];

const listed = ({ events, ...fields }: AlertDocument): ListedAlert["_source"] => ({
  ...fields,
  eventCount: (events as AlertDocument["events"] | undefined)?.length ?? 0,
});

const facetsOf = async (
  { client, names }: AlertStore,
  { severity: _severity, category: _category, ...rest }: AlertFilter,
): Promise<Pick<AlertPage, "severities" | "categories">> => {
  const { aggregations } = await client.search({
    index: names.physical("alerts-*"),
    query: alertQuery(rest),
    size: 0,
    track_total_hits: false,
    aggs: {
      severities: { terms: { field: "severity", size: 20 } },
      categories: { terms: { field: "category", size: 100 } },
    },
  });
  return { severities: countsOf(aggregations?.severities), categories: countsOf(aggregations?.categories) };
};

const countsOf = (aggregate: estypes.AggregationsAggregate | undefined): readonly Facet[] => {
  const { buckets } = (aggregate ?? { buckets: [] }) as { buckets: readonly { key: string; doc_count: number }[] };
  return buckets.map(({ key, doc_count }) => ({ value: key, count: doc_count }));
};

/** An alert by its id, of whichever month; null when there is none. */
export const getAlert = async ({ client, names }: AlertStore, id: string): Promise<AlertMessage | null> => {
  try {
    const index = names.physical("alerts-*");
    const { hits } = await client.search<AlertDocument>({
      index,
      query: { ids: { values: [id] } },
      size: 1,
      _source: { excludes: FOR_SEARCH_ONLY },
    });
    const [hit] = hits.hits;
    return hit?._source === undefined ? null : { _index: names.logical(hit._index), _id: id, _source: hit._source };
  } catch (cause) {
    throw storeError(`Cannot read alert ${id}`, cause);
  }
};
