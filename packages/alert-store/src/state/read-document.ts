import type { AlertStore } from "../alert-store.ts";
import type { StateDocument } from "../commit/state-document.ts";
import { isStatus, storeError } from "../store-error.ts";

/**
 * A document by its id; null when it, or its index, is not there.
 *
 * @throws {StoreError} when the store refuses or does not answer.
 */
export const readDocument = async (
  { client, names }: AlertStore,
  index: string,
  id: string,
): Promise<StateDocument["source"] | null> => {
  try {
    const { _source } = await client.get<StateDocument["source"]>({ index: names.physical(index), id });
    return _source ?? null;
  } catch (cause) {
    if (isStatus(cause, 404)) return null;
    throw storeError(`Cannot read ${index}/${id}`, cause);
  }
};
