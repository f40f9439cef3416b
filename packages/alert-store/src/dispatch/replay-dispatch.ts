import type { AlertStore } from "../alert-store.ts";
import { isStatus, StoreError, storeError } from "../store-error.ts";
import type { DispatchChange } from "./change-dispatches.ts";
import { indexOfDispatch } from "./dispatch.ts";

const CONFLICT = 409;

/** What is to be sent again. */
export interface Replayed {
  readonly id: string;
  /** The day of its alert. */
  readonly utctimestamp: string;
}

/**
 * Has a dispatch sent again, whatever came of it, as if it were new but for its key.
 *
 * @returns false when there is no such dispatch.
 * @throws {StoreError}
 */
export const replayDispatch = async (
  { client, names }: AlertStore,
  { id, utctimestamp }: Replayed,
  now: Date,
): Promise<boolean> => {
  const change: DispatchChange = {
    status: "pending",
    attempts: 0,
    nextat: now.toISOString(),
    firstat: null,
    error: null,
    batch: null,
    reason: null,
    isReplayed: true,
  };
  try {
    await client.update({ index: names.physical(indexOfDispatch({ utctimestamp })), id, doc: change, refresh: true });
    return true;
  } catch (cause) {
    if (isStatus(cause, 404)) return false;
    if (isStatus(cause, CONFLICT))
      throw new StoreError("STORE_CONFLICT", `The delivery ${id} is being changed at this moment.`, {
        cause,
        retryable: true,
      });
    throw storeError(`Cannot have ${id} sent again`, cause);
  }
};
