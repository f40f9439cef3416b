import type { AlertStore } from "../alert-store.ts";
import { bulk, itemError, type Operation } from "../requests/bulk.ts";
import type { StoreError } from "../store-error.ts";
import { dispatchId, indexOfDispatch, newDispatch, type Queued } from "./dispatch.ts";

/** An alert and where it goes. */
export interface QueuedFor extends Queued {
  /** Names of targets. Default: none. */
  readonly targets?: readonly string[];
}

/**
 * Queues alerts for their targets. Doing it again changes nothing: what is there already, sent or not, stays as it is.
 *
 * @returns why an alert could not be queued, by its id: it is to be done again.
 * @throws {StoreError} when the store does not answer.
 */
export const queueDispatches = async (
  store: AlertStore,
  alerts: readonly QueuedFor[],
): Promise<ReadonlyMap<string, StoreError>> => {
  const wanted = alerts.flatMap((alert) => (alert.targets ?? []).map((target) => ({ alert, target })));
  if (wanted.length === 0) return new Map();
  const operations = wanted.map(({ alert, target }): Operation => {
    const _index = store.names.physical(indexOfDispatch(alert));
    return [{ create: { _index, _id: dispatchId(alert.alert._id, target) } }, newDispatch(alert, target)];
  });
  const items = await bulk(store, WHAT, operations);
  const failed = new Map<string, StoreError>();
  for (const [position, { alert }] of wanted.entries()) {
    const error = itemError(`${WHAT} of ${alert.name}`, items[position]);
    if (error !== null) failed.set(alert.alert._id, error);
  }
  return failed;
};

const WHAT = "Cannot queue an alert";
