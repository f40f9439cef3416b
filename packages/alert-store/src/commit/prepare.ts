import type { AlertStore } from "../alert-store.ts";
import { entitiesOf } from "../alerts/entities.ts";
import { ensureIndices } from "../own-indices.ts";
import { type StoreError, storeError } from "../store-error.ts";
import { bulk, checkItem, itemError, type Operation } from "../requests/bulk.ts";
import { type Delivery, type DeliveryStatus, indexOfDelivery, partId, type WholeDelivery } from "./delivery.ts";

/** A delivery, and why the store refused its alert; null when it is stored. */
export interface Prepared {
  readonly delivery: WholeDelivery;
  readonly refused: StoreError | null;
  /** An earlier run has brought it to its end: actions are due or done, and must not be made again. */
  readonly isFinished: boolean;
}

const CONFLICT = 409;

/**
 * First step of a commit: the alerts themselves, and with each the record of what is still to do for it. After this step
 * nothing can be lost: whatever is `prepared` is finished at the next start.
 *
 * An alert that is there already was written by a run that did not get to its end: that is success.
 */
export const prepareDeliveries = async (
  store: AlertStore,
  deliveries: readonly WholeDelivery[],
): Promise<readonly Prepared[]> => {
  if (deliveries.length === 0) return [];
  const { physical } = store.names;
  await ensureIndices(
    store,
    deliveries.flatMap((delivery) => [indexOfDelivery(delivery), delivery.alert._index]),
  );
  await storeParts(store, deliveries);
  const operations = deliveries.flatMap(({ further: _further, ...delivery }): Operation[] => [
    [{ create: { _index: physical(indexOfDelivery(delivery)), _id: delivery.alert._id } }, delivery],
    [{ create: { _index: physical(delivery.alert._index), _id: delivery.alert._id } }, storedAlert(delivery)],
  ]);
  const items = await bulk(store, "Cannot store alerts", operations, { refresh: true });
  const known = deliveries.filter((_, position) => items[2 * position]?.status === CONFLICT);
  const finished = await finishedOf(store, known);
  return deliveries.map((delivery, position) => {
    const what = `Cannot store an alert of ${delivery.name}`;
    const [refused = null] = items.slice(2 * position, 2 * position + 2).flatMap((item) => itemError(what, item) ?? []);
    return { delivery, refused, isFinished: finished.has(delivery.alert._id) };
  });
};

/** Before the delivery that counts them: parts without one mean nothing. One by one, so that only one is there as text at a time. */
const storeParts = async (store: AlertStore, deliveries: readonly WholeDelivery[]): Promise<void> => {
  const what = "Cannot store what an alert covers";
  for (const delivery of deliveries)
    for (const [position, part] of delivery.further.entries()) {
      const _index = store.names.physical(indexOfDelivery(delivery));
      const create: Operation = [{ create: { _index, _id: partId(delivery.alert._id, position) } }, part];
      for (const item of await bulk(store, what, [create])) checkItem(what, item);
    }
};

/**
 * With what it is only found and ordered by: what its events name, since they themselves are not indexed, and its id, which the store
 * cannot sort by otherwise.
 */
const storedAlert = ({ alert: { _id, _source } }: Delivery): object => ({
  ..._source,
  entities: { ...entitiesOf(_source), id: _id },
});

const OPEN: readonly DeliveryStatus[] = ["prepared", "refused"];

/** Ids of the deliveries that were brought to their end before. Only asked for when a run is done again. */
const finishedOf = async (store: AlertStore, deliveries: readonly Delivery[]): Promise<ReadonlySet<string>> => {
  if (deliveries.length === 0) return new Set();
  try {
    const { docs } = await store.client.mget<Pick<Delivery, "status">>({
      docs: deliveries.map((delivery) => ({
        _index: store.names.physical(indexOfDelivery(delivery)),
        _id: delivery.alert._id,
        _source: ["status"],
      })),
    });
    const isFinished = (doc: (typeof docs)[number]): boolean =>
      !("error" in doc) && doc._source !== undefined && !OPEN.includes(doc._source.status);
    return new Set(docs.filter(isFinished).map(({ _id }) => _id));
  } catch (cause) {
    throw storeError("Cannot read deliveries", cause);
  }
};
