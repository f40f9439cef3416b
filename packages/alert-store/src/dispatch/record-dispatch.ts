import type { AlertStore } from "../alert-store.ts";
import { isStatus, StoreError, storeError } from "../store-error.ts";
import { type Dispatch, indexOfDispatch, type StoredDispatch } from "./dispatch.ts";

/** What an attempt changes. */
export type DispatchChange = Partial<Pick<Dispatch, "status" | "attempts" | "nextat" | "firstat" | "error">>;

const CONFLICT = 409;

/**
 * Records what came of an attempt.
 *
 * @returns false when somebody else has changed it meanwhile, and theirs counts.
 * @throws {StoreError} when the store does not take it: it has to be recorded later.
 */
export const recordDispatch = async (
  { client, names }: AlertStore,
  dispatch: StoredDispatch,
  change: DispatchChange,
): Promise<boolean> => {
  try {
    const index = names.physical(indexOfDispatch(dispatch));
    await client.update({ index, id: dispatch.id, doc: change, ...dispatch.version });
    return true;
  } catch (cause) {
    if (isStatus(cause, CONFLICT)) return false;
    throw storeError(`Cannot record what came of ${dispatch.id}`, cause);
  }
};

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
