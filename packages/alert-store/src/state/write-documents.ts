import type { AlertStore } from "../alert-store.ts";
import { bulk, checkItem, type Operation } from "../requests/bulk.ts";
import type { StateDocument } from "../commit/state-document.ts";

/**
 * Stores documents in one request; what has the same id is replaced.
 *
 * @param what - What they are, for messages.
 * @throws {StoreError} when the request, or one of the documents, is refused.
 */
export const writeDocuments = async (
  store: AlertStore,
  what: string,
  documents: readonly StateDocument[],
): Promise<void> => {
  if (documents.length === 0) return;
  const operations = documents.map(({ index, id, source }): Operation => [
    { index: { _index: store.names.physical(index), _id: id } },
    source,
  ]);
  for (const item of await bulk(store, what, operations)) checkItem(what, item);
};
