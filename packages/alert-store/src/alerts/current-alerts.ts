import type { Hit } from "@mozdef/alert";
import type { AlertStore } from "../alert-store.ts";
import { alertIndex } from "../names.ts";
import { storeError } from "../store-error.ts";
import type { OpenAlertSource } from "./find-open-alerts.ts";

/** Which alert is meant. */
export interface AlertOfSlot {
  readonly alertid: string;
  /** Its slot. */
  readonly utctimestamp: string;
}

/**
 * Alerts as they are now, without their events.
 *
 * @returns in the order given; null for one that is gone.
 * @throws {StoreError}
 */
export const currentAlerts = async (
  { client, names }: AlertStore,
  wanted: readonly AlertOfSlot[],
): Promise<readonly (Hit<OpenAlertSource> | null)[]> => {
  if (wanted.length === 0) return [];
  try {
    const { docs } = await client.mget<OpenAlertSource>({
      docs: wanted.map(({ alertid, utctimestamp }) => ({
        _index: names.physical(alertIndex(new Date(utctimestamp))),
        _id: alertid,
        _source: { excludes: ["events"] },
      })),
    });
    return docs.map((doc) =>
      "error" in doc || doc._source === undefined
        ? null
        : { _index: names.logical(doc._index), _id: doc._id, _source: doc._source },
    );
  } catch (cause) {
    throw storeError("Cannot read how alerts are", cause);
  }
};
