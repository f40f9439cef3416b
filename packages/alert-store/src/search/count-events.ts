import type { SearchedSource } from "@mozdef/alert/runtime";
import { compile, type SearchQuery } from "@mozdef/query";
import type { AlertStore } from "../alert-store.ts";
import { totalOf } from "../requests/msearch.ts";
import { readerOf } from "../requests/reader.ts";
import { storeError } from "../store-error.ts";
import { asOf } from "./as-of.ts";
import { allGroups } from "./kinds/groups.ts";

/** What is counted. */
export interface EventCount {
  readonly query: SearchQuery;
  /** The end of the query's window. */
  readonly now: Date;
  readonly source: SearchedSource;
}

/** How many events match. @throws {StoreError} */
export const countEvents = async (store: AlertStore, { query, now, source }: EventCount): Promise<number> => {
  try {
    const { client, names } = readerOf(store, source);
    const answer = await client.search({
      index: source.indices.map(names.physical),
      ...compile(query, asOf(source, now)),
      size: 0,
      track_total_hits: true,
      // What a part counts looks like all of it.
      allow_partial_search_results: false,
    });
    return totalOf(answer);
  } catch (cause) {
    throw storeError(`Cannot count events in ${source.indices.join(",")}`, cause);
  }
};

/**
 * How many events have each value of a field, however many values there are. Most events first, then by value.
 *
 * @param field - By the name that the source has for it.
 * @throws {StoreError}
 */
export const countByValue = async (
  store: AlertStore,
  { query, now, source }: EventCount,
  field: string,
): Promise<readonly { readonly value: string; readonly count: number }[]> => {
  const compiled = compile(query, asOf(source, now)).query;
  const groups = await allGroups(store, { source, fields: [field], threshold: 1 }, compiled);
  return groups
    .map(({ keys: [value = ""], count }) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
};
