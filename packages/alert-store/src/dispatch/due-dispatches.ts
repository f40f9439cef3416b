import type { AlertMessage } from "@mozdef/alert/runtime";
import type { estypes } from "@elastic/elasticsearch";
import type { AlertStore } from "../alert-store.ts";
import { DELIVERIES } from "../names.ts";
import { reasonOf, StoreError, storeError } from "../store-error.ts";
import { type Dispatch, indexOfDispatch, type StoredDispatch, type WholeDispatch } from "./dispatch.ts";

/** What is due for a target. */
export interface DueDispatches {
  /** Those waiting longest first. */
  readonly due: readonly StoredDispatch[];
  /** When the next one is due that is not yet; null when none waits. */
  readonly next: Date | null;
}

/**
 * What is to be sent to a target now.
 *
 * @param options.size - How many at most.
 * @throws {StoreError}
 */
export const dueDispatches = async (
  { client, names }: AlertStore,
  target: string,
  { now, size }: { readonly now: Date; readonly size: number },
): Promise<DueDispatches> => {
  const index = names.physical(DELIVERIES);
  try {
    await client.indices.refresh({ index });
    const { hits } = await client.search<Dispatch>({
      index,
      query: {
        bool: { filter: [{ term: { type: "dispatch" } }, { term: { target } }, { term: { status: "pending" } }] },
      },
      sort: [{ nextat: { order: "asc", unmapped_type: "date" } }],
      _source: { excludes: ["alert"] },
      size: size + 1,
      seq_no_primary_term: true,
      track_total_hits: false,
    });
    const found = hits.hits.flatMap(storedOf);
    const due = found.filter(({ nextat }) => Date.parse(nextat) <= now.getTime()).slice(0, size);
    const next = found[due.length];
    return { due, next: next === undefined ? null : new Date(next.nextat) };
  } catch (cause) {
    throw storeError(`Cannot read what is due for ${target}`, cause);
  }
};

/** A hit as a dispatch; none when it has no content. */
export const storedOf = ({
  _id,
  _source,
  _seq_no,
  _primary_term,
}: estypes.SearchHit<Dispatch>): readonly StoredDispatch[] =>
  _source === undefined || _id === undefined
    ? []
    : [{ ..._source, id: _id, version: { if_seq_no: _seq_no ?? 0, if_primary_term: _primary_term ?? 1 } }];

/** What is sent, read right before it is. */
export interface DispatchContent {
  /** As it was made; null when it is gone. */
  readonly alert: AlertMessage | null;
  /** Whether nobody has changed the dispatch since it was read: else somebody has sent it meanwhile. */
  readonly isCurrent: boolean;
}

/**
 * The alerts of dispatches, as they were when they were made, in the same order.
 *
 * @param excludes - Fields of the documents that are not read. Default: none.
 * @throws {StoreError}
 */
export const alertsOfDispatches = async (
  { client, names }: AlertStore,
  dispatches: readonly StoredDispatch[],
  excludes: readonly string[] = [],
): Promise<readonly DispatchContent[]> => {
  if (dispatches.length === 0) return [];
  try {
    const { docs } = await client.mget<Pick<WholeDispatch, "alert">>({
      docs: dispatches.map((dispatch) => ({
        _index: names.physical(indexOfDispatch(dispatch)),
        _id: dispatch.id,
        _source: { includes: ["alert"], excludes: [...excludes] },
      })),
    });
    return docs.map((doc, position) => {
      if (!("error" in doc)) {
        const isCurrent = !doc.found || doc._seq_no === dispatches[position]?.version.if_seq_no;
        return { alert: doc._source?.alert ?? null, isCurrent };
      }
      if (doc.error.type === "index_not_found_exception") return { alert: null, isCurrent: true };
      throw new StoreError("STORE_SEARCH_FAILED", `${WHAT}: ${reasonOf(doc.error)}`, { retryable: true });
    });
  } catch (cause) {
    throw storeError(WHAT, cause);
  }
};

const WHAT = "Cannot read the alerts to be sent";
