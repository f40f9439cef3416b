import type { Hit } from "@mozdef/alert";
import { type EventIds, type SearchedSource, timeField } from "@mozdef/alert/runtime";
import type { QueryContainer } from "@mozdef/query";
import type { estypes } from "@elastic/elasticsearch";
import type { AlertStore } from "../alert-store.ts";
import type { Names } from "../names.ts";
import { isBreaker, isTooLarge, reasonOf, StoreError, storeError } from "../store-error.ts";
import { hitOf, oldestFirst } from "./hits.ts";
import { KeptEvents } from "./kept-events.ts";
import { type Reader, readerOf, seenIndex } from "./reader.ts";

/** The server's limit for one page (`index.max_result_window`). */
export const LARGEST_PAGE = 10_000;

/** How much of a search comes whole. */
export interface Wanted {
  /** Events that come whole. */
  readonly whole: number;
  /** Whether the ids of further ones are wanted. */
  readonly further: boolean;
  /** Of events beyond these, long texts are cut. */
  readonly uncut: number;
  /** Further events that come along with nothing but their time. Default: none. */
  readonly lean?: number;
}

/** 1:1: every event becomes an alert. What is beyond, newer events, is found by the next run. */
export const EVERY_EVENT: Wanted = { whole: 100_000, further: false, uncut: Number.POSITIVE_INFINITY };

/** Characters of whole events that are held at once, about. */
const MOST_WEIGHT = 16 * 1_024 * 1_024;

/** What a search has found. */
export interface AllHits {
  /** Oldest first. */
  readonly hits: readonly Hit[];
  /** Later events, as far as they do not come whole. */
  readonly further: readonly EventIds[];
}

/**
 * All events of a query: paged over a point in time, so that what arrives or is marked meanwhile neither repeats nor hides an
 * event. Pages get smaller when events are too large for the server to send many at once.
 */
export const allHits = async (
  store: AlertStore,
  source: SearchedSource,
  query: QueryContainer,
  wanted: Wanted,
): Promise<AllHits> => {
  try {
    const reader = readerOf(store, source);
    const { client, names } = reader;
    const { id } = await client.openPointInTime({ index: source.indices.map(names.physical), keep_alive: "1m" });
    try {
      return await pages(reader, { pit: id, query, source, names: store.names }, wanted);
    } finally {
      await client.closePointInTime({ id });
    }
  } catch (cause) {
    throw storeError("Cannot page through a search", cause);
  }
};

export interface Paged {
  readonly pit: string;
  readonly query: QueryContainer;
  readonly source: SearchedSource;
  /** Of the service. */
  readonly names: Names;
}

const pages = async (
  reader: Reader,
  paged: Paged,
  { whole, uncut, further: areIdsWanted, lean = 0 }: Wanted,
): Promise<AllHits> => {
  const kept = new KeptEvents(uncut, timeField(paged.source));
  const further = new Map<string, string[]>();
  const leanHits: Hit[] = [];
  let [after, size]: [estypes.SortResults | undefined, number] = [undefined, LARGEST_PAGE];
  for (;;) {
    const isWhole = kept.length < whole && kept.weight < MOST_WEIGHT;
    const wanted = isWhole ? Math.min(size, whole - kept.length) : LARGEST_PAGE;
    const page = await pageOf(reader, paged, { size: wanted, isWhole, after });
    if (page === null) {
      size = Math.max(1, Math.floor(wanted / 8));
      continue;
    }
    if (isWhole) kept.add(page.map((hit) => hitOf(hit, paged.names, paged.source)));
    else if (lean > 0) for (const hit of page) leanHits.push(leanHit(hit, paged));
    else for (const hit of page) note(further, seenIndex(hit._index, paged.names, paged.source), hit._id ?? "");
    after = page.at(-1)?.sort;
    const isFull = kept.length >= whole || kept.weight >= MOST_WEIGHT;
    const isEnough = !areIdsWanted && isFull && leanHits.length >= lean;
    if (isEnough && lean > 0 && page.length === wanted) throw tooMany(lean);
    if (page.length < wanted || after === undefined || isEnough)
      return { hits: [...kept.all(), ...leanHits], further: [...further].map(([index, ids]) => ({ index, ids })) };
  }
};

/** An event of which nothing but the time is known: what it is sorted by. */
const leanHit = (hit: estypes.SearchHit, { names, source }: Paged): Hit => ({
  _index: seenIndex(hit._index, names, source),
  _id: hit._id ?? "",
  _source: { [timeField(source)]: new Date(Number(hit.sort?.[0] ?? Number.NaN)).toISOString() },
});

const tooMany = (most: number): StoreError =>
  new StoreError(
    "STORE_SEARCH_FAILED",
    `A search found more than ${most} events of one key, more than can be put in order. Expected: a query, or a window, that finds fewer.`,
  );

const note = (further: Map<string, string[]>, index: string, id: string): void => {
  const ids = further.get(index);
  if (ids === undefined) further.set(index, [id]);
  else ids.push(id);
};

interface PageWanted {
  readonly size: number;
  readonly isWhole: boolean;
  readonly after: estypes.SortResults | undefined;
}

/** @returns null when the page is too large to be sent: a smaller one may not be. */
export const pageOf = async (
  { client }: Reader,
  { pit, query, source }: Paged,
  { size, isWhole, after }: PageWanted,
): Promise<readonly estypes.SearchHit[] | null> => {
  try {
    const page = await client.search({
      pit: { id: pit, keep_alive: "1m" },
      query,
      size,
      sort: oldestFirst(source),
      track_total_hits: false,
      ...(isWhole ? { seq_no_primary_term: true } : { _source: false }),
      ...(after !== undefined && { search_after: after }),
    });
    const { failed, failures } = page._shards;
    if (failed > 0 && size > 1 && isBreaker(reasonOf(failures?.[0]?.reason))) return null;
    if (page.timed_out || failed > 0)
      throw new StoreError("STORE_SEARCH_FAILED", "A page of a search came back incomplete.", { retryable: true });
    return page.hits.hits;
  } catch (cause) {
    if (size > 1 && isTooLarge(cause)) return null;
    throw cause;
  }
};
