import type { AlertMessage, NewAlert } from "@mozdef/alert/runtime";
import { deliveryIndex } from "../names.ts";
import type { StateDocument } from "./state-document.ts";

/**
 * How far an alert has come. `prepared`: its events may not all be marked yet; `pending`: they are, actions are due; `done`: actions
 * have been made; `failed`: an action gave up; `refused`: the store did not take the alert, its events stay unmarked.
 */
export type DeliveryStatus = "prepared" | "pending" | "done" | "failed" | "refused";

/** An alert on its way, stored under the alert's id. */
export interface Delivery {
  readonly type: "delivery";
  readonly name: string;
  readonly status: DeliveryStatus;
  readonly utctimestamp: string;
  /** As stored, with the logical name of its index. */
  readonly alert: AlertMessage;
  /** Every event the alert covers: `[index, id]`. */
  readonly covers: readonly (readonly [index: string, id: string])[];
  /** What the run of the alert keeps: stored with the marks, also when a dead process's work is finished. */
  readonly keeps?: readonly StateDocument[];
}

/** An alert that is to be stored, with what its run keeps. */
export interface PendingAlert extends NewAlert {
  readonly keeps?: readonly StateDocument[];
}

/** The delivery of an alert that was just made. */
export const deliveryOf = ({ alert, covers, keeps = [] }: PendingAlert): Delivery => ({
  type: "delivery",
  name: alert._source.classname,
  status: "prepared",
  utctimestamp: alert._source.utctimestamp,
  alert,
  covers: covers.map(({ _index, _id }) => [_index, _id]),
  ...(keeps.length > 0 && { keeps }),
});

/** Where a delivery is stored: by the day of its alert, so that old ones go with their index. */
export const indexOfDelivery = (delivery: Delivery): string => deliveryIndex(new Date(delivery.utctimestamp));
