import { DEFAULT_INDICES } from "@mozdef/alert/runtime";
import type { AlertStore } from "../alert-store.ts";
import { storeError } from "../store-error.ts";

/**
 * Lets searches see every event of today and yesterday that was saved so far.
 *
 * @throws {StoreError} when the store does not answer.
 */
export const refreshEvents = async ({ client, names }: AlertStore): Promise<void> => {
  try {
    await client.indices.refresh({ index: DEFAULT_INDICES.map(names.physical) });
  } catch (cause) {
    throw storeError("Cannot refresh the events", cause);
  }
};
