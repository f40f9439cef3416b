import { type estypes, errors } from "@elastic/elasticsearch";
import { parseEventJson } from "@mozdef/event-intake";
import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import type { AlertStore } from "../alert-store.ts";
import { isTooLarge, StoreError, storeError } from "../store-error.ts";
import { type Pause, withPatience } from "./patience.ts";

/** A hit whose numbers have all their digits. */
interface RawHit {
  readonly _id: string;
  readonly _source?: Readonly<Record<string, unknown>>;
  readonly sort?: readonly unknown[];
}

/** Documents of one page. There may be large ones among them. */
const LARGEST_PAGE = 500;
const FIRST_PAGE = 50;
/** Bytes that a page should have. */
const WANTED_BYTES = 4 * 1_024 * 1_024;
const KEEP_ALIVE = "5m";

/**
 * Every document of an index as it was at one moment, page by page, as it is stored: to the last digit, and with keys that the client itself
 * refuses to read.
 *
 * @param index - Logical name.
 * @throws {StoreError}
 */
export async function* readDocuments(
  store: AlertStore,
  {
    index,
    query,
    pause,
  }: { readonly index: string; readonly query: estypes.QueryDslQueryContainer; readonly pause: Pause },
): AsyncGenerator<readonly RawHit[]> {
  const { client, names } = store;
  const what = `Cannot read ${index}`;
  await withPatience(() => asked(what, () => client.indices.refresh({ index: names.physical(index) })), pause);
  const { id } = await withPatience(
    () => asked(what, () => client.openPointInTime({ index: names.physical(index), keep_alive: KEEP_ALIVE })),
    pause,
  );
  try {
    let [size, after, sort] = [FIRST_PAGE, undefined as readonly unknown[] | undefined, await sortOf(store)];
    for (;;) {
      const asking = { pit: { id, keep_alive: KEEP_ALIVE }, query, sort, size, track_total_hits: false };
      const body = { ...asking, ...(after !== undefined && { search_after: after }) };
      const page = await withPatience(() => asked(what, () => pageOf(store, body)), pause);
      if (page !== null && page.shards > 1 && sort === BY_NUMBER) {
        sort = BY_NUMBER_AND_ID;
        continue;
      }
      if (page !== null) yield page.hits;
      if (page !== null && page.hits.length < size) return;
      after = page?.hits.at(-1)?.sort ?? after;
      size = nextSize(size, page?.bytes);
    }
  } finally {
    // It ends by itself; a store that is away must not hide why.
    await client.closePointInTime({ id }).catch(() => undefined);
  }
}

/** @param bytes - Of the last page; undefined when it was too large to be sent. */
const nextSize = (size: number, bytes: number | undefined): number => {
  if (bytes === undefined) return Math.max(1, Math.floor(size / 8));
  const fitting = Math.floor((size * WANTED_BYTES) / Math.max(bytes, 1));
  return Math.max(1, Math.min(LARGEST_PAGE, fitting, size * 2));
};

const BY_PLACE: estypes.Sort = [{ _shard_doc: "asc" }];
const BY_NUMBER: estypes.Sort = [{ _seq_no: "asc" }];
/** Ids are not held ready to sort by, so this takes memory of the server: for indices of several shards only, as the service makes none. */
const BY_NUMBER_AND_ID: estypes.Sort = [{ _seq_no: "asc" }, { _id: "asc" }];

/** Older versions of OpenSearch cannot sort by the place of a document. */
const sortOf = async ({ server }: AlertStore): Promise<estypes.Sort> => {
  const { family, features } = await server();
  return family === "opensearch" && !features.sortsByPlace ? BY_NUMBER : BY_PLACE;
};

interface Page {
  readonly hits: readonly RawHit[];
  readonly bytes: number;
  readonly shards: number;
}

/** @returns null when the page is too large to be sent. */
const pageOf = async ({ client }: AlertStore, body: { readonly size: number }): Promise<Page | null> => {
  const isSmallest = body.size === 1;
  try {
    const search = { method: "POST", path: "/_search", querystring: { allow_partial_search_results: false }, body };
    const answer = await client.transport.request(search, { asStream: true, meta: true, headers: JSON_HEADERS });
    const bytes = await bytesOf(answer.body as Readable, answer.headers);
    // The client looks at no status of a stream.
    if (answer.statusCode >= 400) throw new errors.ResponseError({ ...answer, body: JSON.parse(bytes.toString()) });
    const { hits, timed_out, _shards } = parseEventJson(bytes.toString()) as RawAnswer;
    if (timed_out || _shards.failed > 0)
      throw new StoreError("STORE_SEARCH_FAILED", "A page came back incomplete.", { retryable: true });
    return { hits: hits.hits, bytes: bytes.length, shards: _shards.total };
  } catch (cause) {
    if (!isSmallest && (isTooLarge(cause) || isTooLongForText(cause))) return null;
    throw cause;
  }
};

interface RawAnswer {
  readonly hits: { readonly hits: readonly RawHit[] };
  readonly timed_out: boolean;
  readonly _shards: { readonly failed: number; readonly total: number };
}

const JSON_HEADERS = { accept: "application/json", "content-type": "application/json" };

/** The client unpacks no streams. */
const bytesOf = async (body: Readable, headers: Readonly<Record<string, unknown>>): Promise<Buffer> => {
  const bytes = await buffer(body);
  return headers["content-encoding"] === "gzip" ? gunzipSync(bytes) : bytes;
};

const isTooLongForText = (cause: unknown): boolean =>
  cause instanceof Error && "code" in cause && cause.code === "ERR_STRING_TOO_LONG";

const asked = async <T>(what: string, ask: () => Promise<T>): Promise<T> => {
  try {
    return await ask();
  } catch (cause) {
    throw storeError(what, cause);
  }
};
