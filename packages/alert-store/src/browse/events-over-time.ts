import type { SearchedSource } from "@mozdef/alert/runtime";
import type { AlertStore } from "../alert-store.ts";
import { bucketStarts, intervalOf, type TimeRange, YEAR_MS } from "../requests/time-buckets.ts";
import { askSource } from "./ask-source.ts";
import { type EventFilter, timeOf } from "./event-filter.ts";

/** Events over time. */
export interface EventHistogram {
  /** How long each bucket is, in milliseconds. */
  readonly intervalMs: number;
  /** Without gaps; `at` is the begin of a bucket. */
  readonly buckets: readonly { readonly at: Date; readonly count: number }[];
}

/**
 * Counts events over time.
 *
 * @param options.most - Buckets, about. Default 60.
 * @param options.now - The end of the time when the filter names none.
 * @throws {StoreError} `STORE_QUERY_INVALID` when the store cannot read the text of the filter.
 */
export const eventsOverTime = async (
  store: AlertStore,
  source: SearchedSource,
  filter: EventFilter,
  { now, most = 60 }: { readonly now: Date; readonly most?: number },
): Promise<EventHistogram> => {
  const range = await rangeOf(store, source, filter, now);
  if (range === null) return { intervalMs: YEAR_MS, buckets: [] };
  const intervalMs = intervalOf(range, most);
  const counts = await countsOf(store, source, { ...filter, ...bounds(range) }, intervalMs);
  return {
    intervalMs,
    buckets: bucketStarts(range, intervalMs).map((at) => ({ at: new Date(at), count: counts.get(at) ?? 0 })),
  };
};

const bounds = ({ since, until }: TimeRange): Pick<EventFilter, "since" | "until"> => ({
  since: new Date(since),
  until: new Date(until),
});

/** As far as the filter says, else from the first event to now; null when there is none. What claims to be of the future is left out. */
const rangeOf = async (
  store: AlertStore,
  source: SearchedSource,
  filter: EventFilter,
  now: Date,
): Promise<TimeRange | null> => {
  const until = filter.until ?? now;
  if (filter.since !== undefined)
    return { since: filter.since.getTime(), until: Math.max(filter.since.getTime(), until.getTime()) };
  const { aggregations } = await askSource(
    store,
    source,
    { ...filter, until },
    { size: 0, track_total_hits: false, aggs: { first: { min: { field: timeOf(source) } } } },
  );
  const { first } = (aggregations ?? {}) as { readonly first?: { readonly value: number | null } };
  return first?.value == null ? null : { since: first.value, until: until.getTime() };
};

const countsOf = async (
  store: AlertStore,
  source: SearchedSource,
  filter: EventFilter,
  intervalMs: number,
): Promise<ReadonlyMap<number, number>> => {
  const { aggregations } = await askSource(store, source, filter, {
    ...{ size: 0, track_total_hits: false },
    aggs: {
      times: { date_histogram: { field: timeOf(source), fixed_interval: `${intervalMs}ms`, min_doc_count: 1 } },
    },
  });
  const { times } = (aggregations ?? {}) as {
    readonly times?: { readonly buckets: readonly { readonly key: number; readonly doc_count: number }[] };
  };
  return new Map((times?.buckets ?? []).map(({ key, doc_count: count }) => [key, count]));
};
