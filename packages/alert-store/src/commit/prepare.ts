import type { AlertStore } from "../alert-store.ts";
import { StoreError } from "../store-error.ts";
import { bulk, problemOf } from "./bulk.ts";
import { type Delivery, indexOfDelivery } from "./delivery.ts";

/** A delivery, and why the store refused its alert; null when it is stored. */
export interface Prepared {
  readonly delivery: Delivery;
  readonly refused: StoreError | null;
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
  deliveries: readonly Delivery[],
): Promise<readonly Prepared[]> => {
  if (deliveries.length === 0) return [];
  const { physical } = store.names;
  const operations = deliveries.flatMap((delivery) => [
    { index: { _index: physical(indexOfDelivery(delivery)), _id: delivery.alert._id } },
    delivery,
    { create: { _index: physical(delivery.alert._index), _id: delivery.alert._id } },
    delivery.alert._source,
  ]);
  const items = await bulk(store, "Cannot store alerts", operations, { refresh: true });
  return deliveries.map((delivery, position) => {
    const [queued, created] = items.slice(2 * position, 2 * position + 2);
    const problem = problemOf(queued) ?? (created?.status === CONFLICT ? null : problemOf(created));
    return { delivery, refused: problem === null ? null : refusal(delivery, problem) };
  });
};

const refusal = ({ name }: Delivery, problem: string): StoreError =>
  new StoreError("STORE_WRITE_FAILED", `Cannot store an alert of ${name}: ${problem}`);
