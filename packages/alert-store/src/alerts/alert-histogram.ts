import type { AlertStore } from "../alert-store.ts";
import { bucketStarts, intervalOf, type TimeRange } from "../requests/time-buckets.ts";
import { storeError } from "../store-error.ts";
import { type AlertFilter, alertQuery } from "./alert-filter.ts";

/** The alerts of a time. */
export interface HistogramBucket {
  /** Its begin. */
  readonly at: Date;
  readonly count: number;
  /** How many of each severity there are. */
  readonly severities: Readonly<Record<string, number>>;
}

/** Alerts over time. */
export interface AlertHistogram {
  /** How long each bucket is, in milliseconds. */
  readonly intervalMs: number;
  /** From the first to the last alert or as far as was asked, without gaps. */
  readonly buckets: readonly HistogramBucket[];
}

const DAY_MS = 86_400_000;

/**
 * Counts alerts over time, with those that fit the filter.
 *
 * @param options.most - Buckets, about: their length is one that people can read. Default 60.
 * @param options.now - The end of the time when the filter names none.
 */
export const alertHistogram = async (
  store: AlertStore,
  filter: AlertFilter,
  { now, most = 60 }: { readonly now: Date; readonly most?: number },
): Promise<AlertHistogram> => {
  try {
    const range = await rangeOf(store, filter, now);
    if (range === null) return { intervalMs: DAY_MS, buckets: [] };
    const intervalMs = intervalOf(range, most);
    return { intervalMs, buckets: await bucketsOf(store, filter, intervalMs, range) };
  } catch (cause) {
    throw storeError("Cannot count the alerts over time", cause);
  }
};

/** As far as the filter says, or from the first alert to now; null when there is none. */
const rangeOf = async ({ client, names }: AlertStore, filter: AlertFilter, now: Date): Promise<TimeRange | null> => {
  const { aggregations } = await client.search({
    index: names.physical("alerts-*"),
    query: alertQuery(filter),
    size: 0,
    track_total_hits: false,
    aggs: { first: { min: { field: "utctimestamp" } }, last: { max: { field: "utctimestamp" } } },
  });
  const { first, last } = (aggregations ?? {}) as Partial<Record<"first" | "last", { readonly value: number | null }>>;
  if (first?.value == null) return null;
  const since = filter.since?.getTime() ?? first.value;
  const until = filter.until?.getTime() ?? Math.max(now.getTime(), last?.value ?? 0);
  return { since, until: Math.max(since, until) };
};

interface TimeBucket {
  readonly key: number;
  readonly doc_count: number;
  readonly severities: { readonly buckets: readonly { readonly key: string; readonly doc_count: number }[] };
}

const bucketsOf = async (
  { client, names }: AlertStore,
  filter: AlertFilter,
  intervalMs: number,
  range: TimeRange,
): Promise<readonly HistogramBucket[]> => {
  const { aggregations } = await client.search({
    index: names.physical("alerts-*"),
    query: alertQuery(filter),
    size: 0,
    track_total_hits: false,
    aggs: {
      times: {
        date_histogram: { field: "utctimestamp", fixed_interval: `${intervalMs}ms`, min_doc_count: 1 },
        aggs: { severities: { terms: { field: "severity", size: 10 } } },
      },
    },
  });
  const { buckets } = (aggregations?.times ?? { buckets: [] }) as unknown as {
    readonly buckets: readonly TimeBucket[];
  };
  const counted = new Map(buckets.map((bucket) => [bucket.key, bucket]));
  return bucketStarts(range, intervalMs).map((key) => bucketOf(key, counted.get(key)));
};

/** Severities come from alerts, which may write anything there. */
const bucketOf = (key: number, bucket: TimeBucket | undefined): HistogramBucket => ({
  at: new Date(key),
  count: bucket?.doc_count ?? 0,
  severities: Object.fromEntries((bucket?.severities.buckets ?? []).map((one) => [one.key, one.doc_count])),
});
