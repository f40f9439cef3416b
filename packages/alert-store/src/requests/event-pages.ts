import type { Hit } from "@mozdef/alert";
import type { SearchedSource } from "@mozdef/alert/runtime";
import type { QueryContainer } from "@mozdef/query";
import type { estypes } from "@elastic/elasticsearch";
import type { AlertStore } from "../alert-store.ts";
import { storeError } from "../store-error.ts";
import { pageOf } from "./all-hits.ts";
import { hitOf } from "./hits.ts";
import { readerOf } from "./reader.ts";

/** Events of a page that others look at before the next one comes. */
const PAGE = 1_000;

/**
 * Every event of a query whole, oldest first, page by page: no more than one page is in memory. Over a point in time, as all paging.
 *
 * @throws {StoreError}
 */
export async function* eventPages(
  store: AlertStore,
  source: SearchedSource,
  query: QueryContainer,
): AsyncGenerator<readonly Hit[]> {
  const reader = readerOf(store, source);
  const { client, names } = reader;
  let id: string | undefined;
  try {
    ({ id } = await client.openPointInTime({ index: source.indices.map(names.physical), keep_alive: "1m" }));
    let [after, size]: [estypes.SortResults | undefined, number] = [undefined, PAGE];
    for (;;) {
      const page = await pageOf(reader, { pit: id, query, source, names: store.names }, { size, isWhole: true, after });
      if (page === null) {
        size = Math.max(1, Math.floor(size / 8));
        continue;
      }
      if (page.length > 0) yield page.map((hit) => hitOf(hit, store.names, source));
      after = page.at(-1)?.sort;
      if (page.length < size || after === undefined) return;
    }
  } catch (cause) {
    throw storeError("Cannot page through a search", cause);
  } finally {
    if (id !== undefined) await client.closePointInTime({ id });
  }
}
