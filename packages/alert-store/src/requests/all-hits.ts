import type { QueryContainer } from "@mozdef/query";
import type { Hit } from "@mozdef/alert";
import type { estypes } from "@elastic/elasticsearch";
import type { AlertStore } from "../alert-store.ts";
import { StoreError, storeError } from "../store-error.ts";
import { hitOf, OLDEST_FIRST } from "./hits.ts";

/** The server's limit for one page (`index.max_result_window`). */
const PAGE = 10_000;

/** Events of one search that are handled at once; the rest, newer ones, are found by the next run. */
export const MOST_EVENTS = 100_000;

/**
 * All events of a query, oldest first, at most {@link MOST_EVENTS}: paged over a point in time, so that what arrives or
 * is marked meanwhile neither repeats nor hides an event.
 */
export const allHits = async (
  store: AlertStore,
  indices: readonly string[],
  query: QueryContainer,
): Promise<readonly Hit[]> => {
  const { client, names } = store;
  try {
    const { id } = await client.openPointInTime({ index: indices.map(names.physical), keep_alive: "1m" });
    try {
      return await pages(store, id, query);
    } finally {
      await client.closePointInTime({ id });
    }
  } catch (cause) {
    throw storeError("Cannot page through a search", cause);
  }
};

const pages = async ({ client, names }: AlertStore, id: string, query: QueryContainer): Promise<readonly Hit[]> => {
  const hits: Hit[] = [];
  let after: estypes.SortResults | undefined;
  do {
    const page = await client.search({
      pit: { id, keep_alive: "1m" },
      query,
      size: Math.min(PAGE, MOST_EVENTS - hits.length),
      sort: OLDEST_FIRST,
      track_total_hits: false,
      seq_no_primary_term: true,
      ...(after !== undefined && { search_after: after }),
    });
    if (page.timed_out || page._shards.failed > 0)
      throw new StoreError("STORE_SEARCH_FAILED", "A page of a search came back incomplete.", { retryable: true });
    hits.push(...page.hits.hits.map((hit) => hitOf(hit, names)));
    after = page.hits.hits.at(-1)?.sort;
    if (page.hits.hits.length < PAGE) return hits;
  } while (after !== undefined && hits.length < MOST_EVENTS);
  return hits;
};
