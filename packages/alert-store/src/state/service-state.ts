import type { estypes } from "@elastic/elasticsearch";
import type { AlertStore } from "../alert-store.ts";
import { inLane } from "../connection/gate/lanes.ts";
import { STATE_INDEX } from "../names.ts";
import { isStatus, StoreError, storeError } from "../store-error.ts";

/** A document of the service and the version it had when read. */
export interface Versioned {
  readonly source: Readonly<Record<string, unknown>>;
  readonly version: { readonly if_seq_no: number; readonly if_primary_term: number };
}

/** A small document of the service; null when there is none. */
export const readState = async ({ client, names }: AlertStore, id: string): Promise<Versioned | null> => {
  try {
    const {
      _source,
      _seq_no = 0,
      _primary_term = 1,
    } = await client.get<Versioned["source"]>({ index: names.physical(STATE_INDEX), id }, inLane("urgent"));
    return _source === undefined
      ? null
      : { source: _source, version: { if_seq_no: _seq_no, if_primary_term: _primary_term } };
  } catch (cause) {
    if (isStatus(cause, 404)) return null;
    throw storeError(`Cannot read the state ${id}`, cause);
  }
};

/** Documents in one request. */
const PAGE = 1_000;

/**
 * All small documents of the service that are of one type, by name.
 *
 * @param type - What their `type` says; each has a `name`.
 * @throws {StoreError}
 */
export const statesOfType = async (
  { client, names }: AlertStore,
  type: string,
): Promise<readonly Versioned["source"][]> => {
  const found: Versioned["source"][] = [];
  let after: estypes.SortResults | undefined;
  try {
    do {
      const asked = {
        index: names.physical(STATE_INDEX),
        ignore_unavailable: true,
        // Of a setting that is missing nobody would know.
        allow_partial_search_results: false,
        query: { term: { type } },
        sort: [{ name: "asc" as const }],
        size: PAGE,
        ...(after !== undefined && { search_after: after }),
      };
      const { hits } = await client.search<Versioned["source"]>(asked, inLane("urgent"));
      for (const { _source } of hits.hits) if (_source !== undefined) found.push(_source);
      after = hits.hits.length < PAGE ? undefined : hits.hits.at(-1)?.sort;
    } while (after !== undefined);
    return found;
  } catch (cause) {
    throw storeError(`Cannot read the state of type ${type}`, cause);
  }
};

/**
 * Deletes a small document of the service, if it is there.
 *
 * @param previous - What is deleted, as read. Left out: whatever is there.
 * @throws {StoreError} `STORE_CONFLICT` when somebody else has written meanwhile.
 */
export const removeState = async ({ client, names }: AlertStore, id: string, previous?: Versioned): Promise<void> => {
  try {
    await client.delete({ index: names.physical(STATE_INDEX), id, refresh: true, ...previous?.version });
  } catch (cause) {
    if (isStatus(cause, 409)) throw conflictOf(id, cause);
    if (!isStatus(cause, 404)) throw storeError(`Cannot delete the state ${id}`, cause);
  }
};

/**
 * Stores a small document of the service.
 *
 * @param previous - What it replaces, as read; null when there must be none. Left out: whatever is there is replaced.
 * @returns the version that it has now.
 * @throws {StoreError} `STORE_CONFLICT` when somebody else has written meanwhile.
 */
export const writeState = async (
  { client, names }: AlertStore,
  id: string,
  document: Readonly<Record<string, unknown>>,
  previous?: Versioned | null,
): Promise<Versioned["version"]> => {
  const condition = previous === undefined ? {} : previous === null ? { op_type: "create" as const } : previous.version;
  try {
    const { _seq_no = 0, _primary_term = 1 } = await client.index(
      { index: names.physical(STATE_INDEX), id, document, refresh: true, ...condition },
      inLane("urgent"),
    );
    return { if_seq_no: _seq_no, if_primary_term: _primary_term };
  } catch (cause) {
    if (isStatus(cause, 409)) throw conflictOf(id, cause);
    throw storeError(`Cannot store the state ${id}`, cause);
  }
};

const conflictOf = (id: string, cause: unknown): StoreError =>
  new StoreError("STORE_CONFLICT", `The state ${id} was changed by somebody else meanwhile.`, {
    cause,
    retryable: true,
  });
