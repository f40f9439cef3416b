import type { estypes } from "@elastic/elasticsearch";
import type { AlertStore } from "../alert-store.ts";
import { reasonOf, StoreError, storeError } from "../store-error.ts";

/**
 * One bulk request.
 *
 * @param what - What it is for, for messages.
 * @throws {StoreError} when the request as a whole fails; items are for the caller to look at.
 */
export const bulk = async (
  { client }: AlertStore,
  what: string,
  operations: readonly object[],
  options: { readonly refresh?: boolean } = {},
): Promise<readonly estypes.BulkResponseItem[]> => {
  try {
    const { items } = await client.bulk({ operations: [...operations], ...options });
    return items.flatMap((item) => item.index ?? item.create ?? item.update ?? item.delete ?? []);
  } catch (cause) {
    throw storeError(what, cause);
  }
};

/** Why an item failed; null when it did not. */
export const problemOf = (item: estypes.BulkResponseItem | undefined): string | null => {
  if (item === undefined) return "the store said nothing about it";
  return item.error == null ? null : reasonOf(item.error);
};

/** @throws {StoreError} `STORE_WRITE_FAILED` when the item failed. */
export const checkItem = (what: string, item: estypes.BulkResponseItem | undefined): void => {
  const problem = problemOf(item);
  if (problem === null) return;
  throw new StoreError("STORE_WRITE_FAILED", `${what}: ${item?._index ?? ""}/${item?._id ?? ""}: ${problem}`);
};
