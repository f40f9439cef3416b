import type { estypes } from "@elastic/elasticsearch";
import type { AlertStore } from "../alert-store.ts";
import { DELIVERIES } from "../names.ts";
import { storeError } from "../store-error.ts";
import type { Dispatch, StoredDispatch } from "./dispatch.ts";
import { storedOf } from "./due-dispatches.ts";

/** Which dispatches of a target are meant. All that is given has to fit. */
export interface DispatchesOf {
  readonly target: string;
  readonly groupid?: string | undefined;
  readonly batch?: string | undefined;
  readonly route?: string | undefined;
}

const filterOf = ({ target, groupid, batch, route }: DispatchesOf): estypes.QueryDslQueryContainer[] => [
  { term: { type: "dispatch" } },
  { term: { target } },
  ...(groupid === undefined ? [] : [{ term: { groupid } }]),
  ...(batch === undefined ? [] : [{ term: { batch } }]),
  ...(route === undefined ? [] : [{ term: { route } }]),
];

const OLDEST_FIRST: estypes.Sort = [
  { utctimestamp: { order: "asc", unmapped_type: "date" } },
  { alertid: { order: "asc", unmapped_type: "keyword" } },
];

/**
 * What waits for a target and belongs together, oldest alerts first.
 *
 * @param options.size - How many at most.
 * @throws {StoreError}
 */
export const pendingOf = async (
  { client, names }: AlertStore,
  of: DispatchesOf,
  { size }: { readonly size: number },
): Promise<readonly StoredDispatch[]> => {
  try {
    const { hits } = await client.search<Dispatch>({
      index: names.physical(DELIVERIES),
      query: { bool: { filter: [...filterOf(of), { term: { status: "pending" } }] } },
      sort: OLDEST_FIRST,
      _source: { excludes: ["alert"] },
      size,
      seq_no_primary_term: true,
      track_total_hits: false,
    });
    return hits.hits.flatMap(storedOf);
  } catch (cause) {
    throw storeError(`Cannot read what waits for ${of.target}`, cause);
  }
};

/** Messages that a target got. */
export interface SentMessages {
  /** When it got the last one; null when it got none. */
  readonly last: Date | null;
  /** How many there were since a time, at most 10,000. */
  readonly count: number;
}

/**
 * What a target got of a group, or by a route.
 *
 * @param since - From when on messages are counted.
 * @throws {StoreError}
 */
export const sentMessages = async (
  { client, names }: AlertStore,
  of: DispatchesOf,
  since: Date,
): Promise<SentMessages> => {
  const index = names.physical(DELIVERIES);
  try {
    await client.indices.refresh({ index });
    const { aggregations } = await client.search({
      index,
      query: { bool: { filter: [...filterOf(of), { exists: { field: "sentat" } }] } },
      size: 0,
      track_total_hits: false,
      aggs: {
        last: { max: { field: "sentat" } },
        recent: {
          filter: { range: { sentat: { gt: since.toISOString() } } },
          aggs: { messages: { terms: { field: "message", size: MOST_COUNTED } } },
        },
      },
    });
    const { last, recent } = (aggregations ?? {}) as {
      readonly last?: { readonly value?: number | null };
      readonly recent?: { readonly messages?: { readonly buckets?: readonly unknown[] } };
    };
    const time = last?.value ?? null;
    return { last: time === null ? null : new Date(time), count: recent?.messages?.buckets?.length ?? 0 };
  } catch (cause) {
    throw storeError(`Cannot read what ${of.target} got`, cause);
  }
};

const MOST_COUNTED = 10_000;

/** Ids of the alerts of a group that a target has got, up to `size`. @throws {StoreError} */
export const sentAlerts = async (
  { client, names }: AlertStore,
  of: DispatchesOf,
  { size }: { readonly size: number },
): Promise<readonly Pick<Dispatch, "alertid" | "utctimestamp">[]> => {
  const index = names.physical(DELIVERIES);
  try {
    await client.indices.refresh({ index });
    const { hits } = await client.search<Dispatch>({
      index,
      query: { bool: { filter: [...filterOf(of), { exists: { field: "sentat" } }], must_not: [NOTICES] } },
      sort: [{ sentat: { order: "desc", unmapped_type: "date" } }],
      _source: ["alertid", "utctimestamp"],
      size,
      track_total_hits: false,
    });
    return hits.hits.flatMap(({ _source }) => (_source === undefined ? [] : [_source]));
  } catch (cause) {
    throw storeError(`Cannot read what ${of.target} got`, cause);
  }
};

/** What is told about alerts that are there already. */
const NOTICES = { exists: { field: "notice" } };
