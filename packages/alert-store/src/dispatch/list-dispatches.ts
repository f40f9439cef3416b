import type { estypes } from "@elastic/elasticsearch";
import type { AlertStore } from "../alert-store.ts";
import { DELIVERIES } from "../names.ts";
import { inLane } from "../connection/gate/lanes.ts";
import { storeError } from "../store-error.ts";
import { type Dispatch, DISPATCH_STATUSES, type DispatchStatus, type StoredDispatch } from "./dispatch.ts";
import { storedOf } from "./due-dispatches.ts";

/** Which dispatches are asked for. */
export interface DispatchFilter {
  readonly status?: DispatchStatus | undefined;
  readonly target?: string | undefined;
  /** The id of an alert. */
  readonly alert?: string | undefined;
  /** Of dispatches. */
  readonly ids?: readonly string[] | undefined;
  /** How many, at most 1,000. */
  readonly size: number;
}

const filterOf = ({ status, target, alert, ids }: Omit<DispatchFilter, "size">): estypes.QueryDslQueryContainer[] => [
  { term: { type: "dispatch" } },
  ...(status === undefined ? [] : [{ term: { status } }]),
  ...(target === undefined ? [] : [{ term: { target } }]),
  ...(alert === undefined ? [] : [{ term: { alertid: alert } }]),
  ...(ids === undefined ? [] : [{ ids: { values: [...ids] } }]),
];

/**
 * Dispatches, the newest alerts first.
 *
 * @throws {StoreError}
 */
export const listDispatches = async (
  { client, names }: AlertStore,
  { size, ...filter }: DispatchFilter,
): Promise<readonly StoredDispatch[]> => {
  const index = names.physical(DELIVERIES);
  try {
    await client.indices.refresh({ index });
    const { hits } = await client.search<Dispatch>({
      index,
      query: { bool: { filter: filterOf(filter) } },
      sort: [
        { utctimestamp: { order: "desc", unmapped_type: "date" } },
        { target: { order: "asc", unmapped_type: "keyword" } },
      ],
      _source: { excludes: ["alert"] },
      size,
      seq_no_primary_term: true,
      track_total_hits: false,
    });
    return hits.hits.flatMap(storedOf);
  } catch (cause) {
    throw storeError("Cannot list the deliveries", cause);
  }
};

/** How many dispatches a target has, by how far they have come. */
export type DispatchCounts = ReadonlyMap<string, Readonly<Record<DispatchStatus, number>>>;

/** Whoever asks how the service is waits for the answer, also when the store does not give one. */
const LONGEST_MS = 3_000;

/** Targets counted: a configuration has a few. */
const MOST_TARGETS = 1_000;

/**
 * Counts the dispatches that are kept, by target and status.
 *
 * @throws {StoreError}
 */
export const countDispatches = async ({ client, names }: AlertStore): Promise<DispatchCounts> => {
  const options = { requestTimeout: LONGEST_MS, maxRetries: 0, ...inLane("urgent") };
  try {
    const asked = {
      index: names.physical(DELIVERIES),
      query: { bool: { filter: filterOf({}) } },
      size: 0,
      aggs: {
        targets: { terms: { field: "target", size: MOST_TARGETS }, aggs: { statuses: { terms: { field: "status" } } } },
      },
    };
    const { aggregations } = await client.search(asked, options);
    return new Map(
      bucketsOf(aggregations?.targets).map((target) => [target.key, statusesOf(bucketsOf(target.statuses))]),
    );
  } catch (cause) {
    throw storeError("Cannot count the deliveries", cause);
  }
};

interface Bucket {
  readonly key: string;
  readonly doc_count: number;
  readonly statuses?: unknown;
}

const bucketsOf = (aggregation: unknown): readonly Bucket[] =>
  (aggregation as { readonly buckets?: readonly Bucket[] } | undefined)?.buckets ?? [];

const statusesOf = (buckets: readonly Bucket[]): Readonly<Record<DispatchStatus, number>> => {
  const countOf = (status: DispatchStatus): number => buckets.find(({ key }) => key === status)?.doc_count ?? 0;
  const [pending, done, dead, muted] = DISPATCH_STATUSES.map(countOf);
  return { pending: pending ?? 0, done: done ?? 0, dead: dead ?? 0, muted: muted ?? 0 };
};
