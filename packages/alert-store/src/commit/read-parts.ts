import type { AlertStore } from "../alert-store.ts";
import { storeError } from "../store-error.ts";
import { type CoversPart, type Delivery, indexOfDelivery, partId, type WholeDelivery } from "./delivery.ts";

/**
 * Deliveries as read, with the documents that belong to them.
 *
 * @throws {StoreError}
 */
export const withParts = async (
  store: AlertStore,
  deliveries: readonly Delivery[],
): Promise<readonly WholeDelivery[]> => {
  const whole: WholeDelivery[] = [];
  for (const delivery of deliveries) whole.push({ ...delivery, further: await partsOf(store, delivery) });
  return whole;
};

const partsOf = async ({ client, names }: AlertStore, delivery: Delivery): Promise<readonly CoversPart[]> => {
  const { parts = 0, alert } = delivery;
  if (parts === 0) return [];
  try {
    const { docs } = await client.mget<CoversPart>({
      index: names.physical(indexOfDelivery(delivery)),
      ids: Array.from({ length: parts }, (_, position) => partId(alert._id, position)),
    });
    return docs.flatMap((document) =>
      "error" in document || document._source === undefined ? [] : [document._source],
    );
  } catch (cause) {
    throw storeError("Cannot read what an alert covers", cause);
  }
};
