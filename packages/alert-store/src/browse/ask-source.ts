import type { Client, estypes } from "@elastic/elasticsearch";
import type { SearchedSource } from "@mozdef/alert/runtime";
import type { AlertStore } from "../alert-store.ts";
import { readerOf } from "../requests/reader.ts";
import { isStatus, reasonOf, StoreError, storeError } from "../store-error.ts";
import { type EventFilter, eventQuery } from "./event-filter.ts";

/** Asks a source what people want to know of its events. An index that is not there has none. @throws {StoreError} */
export const askSource = async (
  store: AlertStore,
  source: SearchedSource,
  filter: EventFilter,
  body: Pick<estypes.SearchRequest, "aggs" | "from" | "size" | "sort" | "track_total_hits">,
): Promise<estypes.SearchResponse> => {
  const { client, names } = readerOf(store, source);
  return asked(client, source, {
    index: source.indices.map(names.physical),
    query: eventQuery(source, filter),
    ignore_unavailable: true,
    allow_no_indices: true,
    // Half an answer would pass for the whole.
    allow_partial_search_results: false,
    ...body,
  });
};

const asked = async (
  client: Client,
  source: SearchedSource,
  request: estypes.SearchRequest,
): Promise<estypes.SearchResponse> => {
  try {
    return await client.search(request);
  } catch (cause) {
    throw isStatus(cause, 400) ? invalid(cause) : storeError(`Cannot search ${source.indices.join(",")}`, cause);
  }
};

/** What people type is all that can be wrong with such a request. */
const invalid = (cause: unknown): StoreError => {
  const { body } = cause as { readonly body: unknown };
  return new StoreError("STORE_QUERY_INVALID", `The store cannot read the search: ${firstReason(body)}`, { cause });
};

/** That of the first shard: the one of the whole says no more than that all failed. */
const firstReason = (body: unknown): string => {
  const { error } = (body ?? {}) as { readonly error?: { readonly root_cause?: readonly unknown[] } };
  return reasonOf(error?.root_cause?.[0] ?? body).slice(0, 500);
};
