import type { estypes } from "@elastic/elasticsearch";
import type { AlertStore } from "../alert-store.ts";
import { ensureIndices } from "../own-indices.ts";
import { itemError, type Operation } from "../requests/bulk.ts";
import type { StoreError } from "../store-error.ts";
import type { Destination } from "./destination.ts";
import { dispatchId, indexOfDispatch, newDispatch, type Queued } from "./dispatch.ts";

/** An alert and where it goes. */
export interface QueuedFor extends Queued {
  /** Default: nowhere. */
  readonly destinations?: readonly Destination[];
}

/**
 * Writes that queue alerts for their targets. Doing it again changes nothing: what is there already, sent or not, stays as it is.
 *
 * @throws {StoreError} when their index cannot be made.
 */
export const dispatchOperations = async (
  store: AlertStore,
  alerts: readonly QueuedFor[],
): Promise<readonly Operation[]> => {
  const wanted = wantedOf(alerts);
  await ensureIndices(
    store,
    wanted.map(({ alert }) => indexOfDispatch(alert)),
  );
  return wanted.map(({ alert, destination }): Operation => {
    const _index = store.names.physical(indexOfDispatch(alert));
    return [{ create: { _index, _id: dispatchId(alert.alert._id, destination) } }, newDispatch(alert, destination)];
  });
};

/**
 * Why an alert could not be queued, by its id: it is to be done again.
 *
 * @param items - What came of {@link dispatchOperations}.
 */
export const unqueuedOf = (
  alerts: readonly QueuedFor[],
  items: readonly (estypes.BulkResponseItem | undefined)[],
): ReadonlyMap<string, StoreError> => {
  const failed = new Map<string, StoreError>();
  for (const [position, { alert }] of wantedOf(alerts).entries()) {
    const error = itemError(`Cannot queue an alert of ${alert.name}`, items[position]);
    if (error !== null) failed.set(alert.alert._id, error);
  }
  return failed;
};

const wantedOf = (alerts: readonly QueuedFor[]) =>
  alerts.flatMap((alert) => (alert.destinations ?? []).map((destination) => ({ alert, destination })));
