import type { AlertStore } from "../alert-store.ts";
import { bulk, itemError, type Operation } from "../requests/bulk.ts";
import { type Dispatch, indexOfDispatch, type StoredDispatch } from "./dispatch.ts";

/** What is changed about a dispatch. */
export type DispatchChange = Partial<
  Pick<
    Dispatch,
    | "status"
    | "attempts"
    | "nextat"
    | "firstat"
    | "error"
    | "reason"
    | "batch"
    | "groupid"
    | "times"
    | "sentat"
    | "message"
    | "isReplayed"
  >
>;

const CONFLICT = 409;
const MISSING = 404;
const WHAT = "Cannot record how far deliveries have come";

/**
 * Changes dispatches in one request.
 *
 * @returns in the order given: each as it is now; null when somebody else has changed it meanwhile, and theirs counts.
 * @throws {StoreError} when the store does not take one of them: it has to be recorded later.
 */
export const changeDispatches = async (
  store: AlertStore,
  changes: readonly (readonly [dispatch: StoredDispatch, change: DispatchChange])[],
): Promise<readonly (StoredDispatch | null)[]> => {
  if (changes.length === 0) return [];
  const operations = changes.map(([dispatch, doc]): Operation => [
    {
      update: {
        _index: store.names.physical(indexOfDispatch(dispatch)),
        _id: dispatch.id,
        ...dispatch.version,
      },
    },
    { doc },
  ]);
  const items = await bulk(store, WHAT, operations);
  return changes.map(([dispatch, change], position) => {
    const item = items[position];
    if (item?.status === CONFLICT || item?.status === MISSING) return null;
    const error = itemError(WHAT, item);
    if (error !== null) throw error;
    const version = { if_seq_no: item?._seq_no ?? 0, if_primary_term: item?._primary_term ?? 1 };
    return { ...dispatch, ...change, version };
  });
};
