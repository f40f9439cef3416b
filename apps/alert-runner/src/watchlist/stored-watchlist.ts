import type { estypes } from "@elastic/elasticsearch";
import { isoUtc } from "@mozdef/alert";
import { createHash } from "node:crypto";
import {
  type AlertStore,
  checkPrecondition,
  isStatus,
  type Precondition,
  StoreError,
  storeError,
  type Versioned,
  versionText,
} from "@mozdef/alert-store";
import { hasExpired, newestFirst, type WatchItem, watchItemOf } from "./watch-item.ts";

/** Terms that events are watched for. The pack of `AlertWatchList` asks for it; without that pack it is made by the first term. */
export const WATCHLIST_INDEX = "watchlist";

/** Items that the watchlist can hold: as many as `AlertWatchList` reads. */
export const LONGEST_WATCHLIST = 10_000;

/** How long an item is kept after its time, in milliseconds. */
const KEPT_MS = 3_600_000;

/** What is to be watched for. */
export interface NewWatchItem {
  readonly content: string;
  readonly durationMs: number;
  readonly comment: string;
  readonly creator: string;
  readonly reference: string;
  readonly now: Date;
}

/**
 * The items that are watched for, newest first. Those that expired more than an hour ago are deleted.
 *
 * @see MozDef `rest/index.py`, `getwatchlist`.
 */
export const readWatchlist = async (store: AlertStore, now: Date): Promise<readonly WatchItem[]> => {
  const items = await allItems(store);
  const limit = new Date(now.getTime() - KEPT_MS);
  await deleteItems(
    store,
    items.filter((item) => hasExpired(item, limit)),
  );
  return items.filter((item) => !hasExpired(item, now));
};

/**
 * Watches for a term from now on. One that is watched for already is left as it is, its time too.
 *
 * @returns the item in force and whether it is new; null when the list has {@link LONGEST_WATCHLIST} items.
 * @see MozDef `rest/index.py`, `watchitem`.
 */
export const addToWatchlist = async (
  store: AlertStore,
  { content, durationMs, comment, creator, reference, now }: NewWatchItem,
): Promise<{ readonly item: WatchItem; readonly added: boolean } | null> => {
  const id = idOf(content);
  const present = (await itemsLike(store, id, content)).find((item) => !hasExpired(item, now));
  if (present !== undefined) return { item: present, added: false };
  if (await isFull(store, now)) return null;
  const dateExpiring = isoUtc(new Date(now.getTime() + durationMs));
  const document = { watchcontent: content, dateAdded: isoUtc(now), dateExpiring, comment, creator, reference };
  try {
    await store.client.index({ index: store.names.physical(WATCHLIST_INDEX), id, document, refresh: true });
  } catch (cause) {
    throw storeError("Cannot add to the watchlist", cause);
  }
  return { item: { _id: id, ...document }, added: true };
};

/** Items of a term, whoever has written them: MozDef's have ids of their own. */
const itemsLike = async (store: AlertStore, id: string, content: string): Promise<readonly WatchItem[]> => {
  // Whether the field is text or a keyword depends on who made the index; what a phrase finds beyond the term itself is left out.
  const should = [{ ids: { values: [id] } }, { match_phrase: { watchcontent: content } }];
  const items = await itemsOf(store, { query: { bool: { should } }, size: MOST_ALIKE });
  return items.filter(({ watchcontent }) => watchcontent === content);
};

/** Items that have the words of a term; there are more only where somebody has written them past the service. */
const MOST_ALIKE = 1_000;

/** The whole list is read only when it seems to be full: some may be over. */
const isFull = async (store: AlertStore, now: Date): Promise<boolean> => {
  const { client, names } = store;
  try {
    const { count } = await client.count({ index: names.physical(WATCHLIST_INDEX), ignore_unavailable: true });
    if (count < LONGEST_WATCHLIST) return false;
  } catch (cause) {
    throw storeError("Cannot read the watchlist", cause);
  }
  return (await readWatchlist(store, now)).length >= LONGEST_WATCHLIST;
};

/** Of the term itself, so that two who add it at once make one item. */
const idOf = (content: string): string => createHash("sha256").update(content).digest("hex").slice(0, 24);

/** An item as it is stored, and the version it had when read. */
export interface StoredWatchItem {
  readonly item: WatchItem;
  readonly version: Versioned["version"];
}

/** An item by its id, also one that is over; null when there is none. @throws {StoreError} */
export const readWatchItem = async ({ client, names }: AlertStore, id: string): Promise<StoredWatchItem | null> => {
  try {
    const {
      _source = {},
      _seq_no = 0,
      _primary_term = 1,
    } = await client.get<Versioned["source"]>({ index: names.physical(WATCHLIST_INDEX), id });
    const item = watchItemOf(id, _source);
    return item === null ? null : { item, version: { if_seq_no: _seq_no, if_primary_term: _primary_term } };
  } catch (cause) {
    if (isStatus(cause, 404)) return null;
    throw storeError(`Cannot read ${id} of the watchlist`, cause);
  }
};

/**
 * Takes an item out.
 *
 * @param precondition - Which version may be removed. Default: any.
 * @returns whether there was an item of that id.
 * @throws {StoreError} `STORE_PRECONDITION_FAILED`
 */
export const removeFromWatchlist = async (
  store: AlertStore,
  id: string,
  precondition?: Precondition,
): Promise<boolean> => {
  const what = `Cannot remove ${id} from the watchlist`;
  const seen = precondition === undefined ? undefined : await readWatchItem(store, id);
  if (seen === null) return false;
  if (seen !== undefined) checkPrecondition(what, versionText(seen.version), precondition);
  try {
    const index = store.names.physical(WATCHLIST_INDEX);
    await store.client.delete({ index, id, refresh: true, ...seen?.version });
    return true;
  } catch (cause) {
    if (isStatus(cause, 404)) return false;
    // Somebody was faster than this: what is there now has another version.
    if (isStatus(cause, 409) && precondition !== undefined) return removeFromWatchlist(store, id, precondition);
    throw storeError(what, cause);
  }
};

const allItems = async (store: AlertStore): Promise<readonly WatchItem[]> =>
  [...(await itemsOf(store, { size: LONGEST_WATCHLIST }))].sort(newestFirst);

const itemsOf = async (
  { client, names }: AlertStore,
  asked: Pick<estypes.SearchRequest, "query" | "size">,
): Promise<readonly WatchItem[]> => {
  try {
    const { hits } = await client.search<Record<string, unknown>>({
      index: names.physical(WATCHLIST_INDEX),
      ignore_unavailable: true,
      // A term that is missing would be watched for no more, or twice.
      allow_partial_search_results: false,
      ...asked,
    });
    return hits.hits.flatMap(({ _id = "", _source = {} }) => watchItemOf(_id, _source) ?? []);
  } catch (cause) {
    throw storeError("Cannot read the watchlist", cause);
  }
};

const deleteItems = async ({ client, names }: AlertStore, items: readonly WatchItem[]): Promise<void> => {
  if (items.length === 0) return;
  const index = names.physical(WATCHLIST_INDEX);
  try {
    const answer = await client.bulk({
      operations: items.map(({ _id }) => ({ delete: { _index: index, _id } })),
      refresh: true,
    });
    if (answer.errors)
      throw new StoreError("STORE_WRITE_FAILED", "Items of the watchlist that have expired could not be deleted.");
  } catch (cause) {
    throw storeError("Cannot delete from the watchlist", cause);
  }
};
