import { isoUtc } from "@mozdef/alert";
import type { AlertMessage, AlertStatus } from "@mozdef/alert/runtime";
import type { AlertStore } from "../alert-store.ts";
import { storeError } from "../store-error.ts";
import { getAlert } from "./list-alerts.ts";

export interface StatusChange {
  readonly status: AlertStatus;
  /** Who changes it. */
  readonly by: string;
  readonly now: Date;
}

/**
 * Changes the status of an alert. `acknowledged` also notes when and by whom; any other status clears both.
 *
 * @returns the alert as it is now; null when there is none of that id.
 * @see MozDef `rest/index.py`, `alertstatus`, and the acknowledge button of the pages; unlike them, kept with the alert.
 */
export const setAlertStatus = async (
  store: AlertStore,
  id: string,
  { status, by, now }: StatusChange,
): Promise<AlertMessage | null> => {
  const alert = await getAlert(store, id);
  if (alert === null) return null;
  const acknowledged =
    status === "acknowledged"
      ? { acknowledged: isoUtc(now), acknowledgedby: by }
      : { acknowledged: null, acknowledgedby: null };
  try {
    await store.client.update({
      index: store.names.physical(alert._index),
      id,
      doc: { status, ...acknowledged },
      retry_on_conflict: 3,
      refresh: true,
    });
  } catch (cause) {
    throw storeError(`Cannot change the status of alert ${id}`, cause);
  }
  return getAlert(store, id);
};
