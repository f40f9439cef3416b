import type { estypes } from "@elastic/elasticsearch";
import type { AlertStore } from "../alert-store.ts";
import { SLOTS } from "../names.ts";
import { reasonOf, StoreError, storeError } from "../store-error.ts";
import { entryId, type EntryPart, indexOfEntry, type Piece, type SlotEntry } from "./entry.ts";
import { partId } from "./part-id.ts";

/** An entry as it is stored. */
export interface StoredEntry {
  readonly id: string;
  readonly entry: SlotEntry;
}

/** An entry with what it has decided, wherever that is stored. */
export interface WholeEntry extends StoredEntry {
  readonly pieces: readonly Piece[];
}

/** Where a chain is read from. */
export interface ChainLink {
  readonly shard: number | null;
  readonly slot: Date;
  readonly position: number;
}

/** Entries of one slot and shard that are read in one request. */
const CHAIN = 10;

/**
 * The entries of a slot and shard, from a position on: at most ten.
 *
 * @throws {StoreError}
 */
export const readChain = async (
  store: AlertStore,
  { shard, slot, position }: ChainLink,
): Promise<readonly StoredEntry[]> => {
  const ids = Array.from({ length: CHAIN }, (_, offset) => entryId(shard ?? 0, slot, position + offset));
  const docs = await mget<SlotEntry>(store, indexOfEntry({ utctimestamp: slot.toISOString() }), ids);
  const end = docs.indexOf(null);
  return docs
    .slice(0, end < 0 ? docs.length : end)
    .flatMap((entry, offset) => (entry === null ? [] : [{ id: ids[offset] ?? "", entry }]));
};

/**
 * What an entry has decided, its parts included.
 *
 * @throws {StoreError} `STORE_SEARCH_FAILED` when a part is missing.
 */
export const readPieces = async (store: AlertStore, { entry }: StoredEntry): Promise<readonly Piece[]> => {
  const { pieces = [], parts } = entry;
  if (parts === undefined) return pieces;
  const ids = Array.from({ length: parts.count }, (_, position) => partId(parts.id, position));
  const found: Piece[] = [];
  for (const id of ids) {
    const [part] = await mget<EntryPart>(store, indexOfEntry(entry), [id]);
    if (part == null)
      throw new StoreError("STORE_SEARCH_FAILED", `${WHAT}: the part ${id} is missing.`, { retryable: true });
    found.push(...part.pieces);
  }
  return found;
};

/** Documents by their ids, in that order; null for one that is not there. */
const mget = async <T>(
  { client, names }: AlertStore,
  index: string,
  ids: readonly string[],
): Promise<readonly (T | null)[]> => {
  let docs: estypes.MgetResponseItem<T>[];
  try {
    ({ docs } = await client.mget<T>({ index: names.physical(index), ids: [...ids] }));
  } catch (cause) {
    throw storeError(WHAT, cause);
  }
  return docs.map((doc) => {
    if ("error" in doc && doc.error.type !== "index_not_found_exception")
      throw new StoreError("STORE_SEARCH_FAILED", `${WHAT}: ${reasonOf(doc.error)}`, { retryable: true });
    return "error" in doc ? null : (doc._source ?? null);
  });
};

const WHAT = "Cannot read what a slot has decided";

/**
 * Entries that are not carried out, whole or in part; oldest first.
 *
 * @param shards - Only those of these; null: all.
 * @param size - How many at most.
 * @throws {StoreError}
 */
export const openEntries = async (
  store: AlertStore,
  shards: ReadonlySet<number> | null,
  size: number,
): Promise<readonly StoredEntry[]> =>
  searchEntries(
    store,
    [{ term: { status: "decided" } }, ...(shards === null ? [] : [{ terms: { shard: [...shards] } }])],
    size,
  );

/**
 * Entries that match, oldest first.
 *
 * @throws {StoreError}
 */
export const searchEntries = async (
  { client, names }: AlertStore,
  filter: estypes.QueryDslQueryContainer[],
  size: number,
): Promise<readonly StoredEntry[]> => {
  const index = names.physical(SLOTS);
  try {
    await client.indices.refresh({ index });
    const { hits } = await client.search<SlotEntry>({
      index,
      // Of an entry that is missing nobody would know.
      allow_partial_search_results: false,
      query: { bool: { filter: [{ terms: { type: ["slot", "asked"] } }, ...filter] } },
      sort: [
        { utctimestamp: { order: "asc", unmapped_type: "date" } },
        { position: { order: "asc", unmapped_type: "long" } },
      ],
      size,
      track_total_hits: false,
    });
    return hits.hits.flatMap(({ _id, _source }) =>
      _source === undefined || _id === undefined ? [] : [{ id: _id, entry: _source }],
    );
  } catch (cause) {
    throw storeError(WHAT, cause);
  }
};
