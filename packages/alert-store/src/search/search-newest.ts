import type { Hit } from "@mozdef/alert";
import { compile, type SearchQuery } from "@mozdef/query";
import type { SearchedSource } from "@mozdef/alert/runtime";
import type { AlertStore } from "../alert-store.ts";
import { storeError } from "../store-error.ts";
import { asOf } from "./as-of.ts";
import { hitOf } from "../requests/hits.ts";
import { totalOf } from "../requests/msearch.ts";
import { readerOf } from "../requests/reader.ts";

/** One page of documents: see {@link searchNewest}. */
export interface NewestSearch {
  readonly query: SearchQuery;
  /** The end of the query's window. */
  readonly now: Date;
  /** Where they are. */
  readonly source: SearchedSource;
  /** Documents at most; 10,000 whatever it says. */
  readonly size: number;
  /** The date field that decides which are newest, by the name that the source has for it. Default: in no order. */
  readonly newestBy?: string;
  /** Whether an index that is not there has no documents, instead of being an error. Default false. */
  readonly allowMissingIndex?: boolean;
}

/** The newest documents, and how many match. */
export interface NewestFound {
  readonly hits: readonly Hit[];
  readonly total: number;
}

/** The server's limit for one page (`index.max_result_window`). */
const MOST = 10_000;

/**
 * The newest documents that match.
 *
 * @throws {StoreError} when the store refuses the search or does not answer.
 */
export const searchNewest = async (
  store: AlertStore,
  { query, now, source, size, newestBy, allowMissingIndex = false }: NewestSearch,
): Promise<NewestFound> => {
  try {
    const { client, names } = readerOf(store, source);
    const { hits } = await client.search({
      index: source.indices.map(names.physical),
      ...compile(query, asOf(source, now)),
      size: Math.min(size, MOST),
      track_total_hits: true,
      // What a part finds looks like all of it.
      allow_partial_search_results: false,
      ignore_unavailable: allowMissingIndex,
      ...(newestBy !== undefined && {
        sort: [{ [newestBy]: { order: "desc" as const, missing: "_last", unmapped_type: "date" as const } }],
      }),
    });
    return { hits: hits.hits.map((hit) => hitOf(hit, store.names, source)), total: totalOf({ hits }) };
  } catch (cause) {
    throw storeError(`Cannot search ${source.indices.join(",")}`, cause);
  }
};
