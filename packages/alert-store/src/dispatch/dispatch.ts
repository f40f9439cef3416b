import type { AlertMessage } from "@mozdef/alert/runtime";
import { deliveryIndex } from "../names.ts";

/**
 * How far an alert has come on its way to one target. `pending`: to be sent, at `nextat` or later; `done`: the target has it; `dead`:
 * given up, until somebody has it sent again.
 */
export const DISPATCH_STATUSES = ["pending", "done", "dead"] as const;
export type DispatchStatus = (typeof DISPATCH_STATUSES)[number];

/** An alert on its way to one target: a document of its own, so that no target waits for another. */
export interface Dispatch {
  readonly type: "dispatch";
  readonly status: DispatchStatus;
  /** The own name of the alert. */
  readonly name: string;
  /** The name of the action in the configuration. */
  readonly target: string;
  /** The slot of the alert. */
  readonly utctimestamp: string;
  readonly alertid: string;
  /** Attempts so far. */
  readonly attempts: number;
  /** When it is due; for those that are not pending: when that was decided. ISO 8601. */
  readonly nextat: string;
  /** When it was tried first; null while it was not. */
  readonly firstat: string | null;
  /** What came of the last attempt, when it failed; null when it did not. */
  readonly error: string | null;
}

/** A dispatch with what is sent, which is read only when it is. */
export interface WholeDispatch extends Dispatch {
  /** As it was made, with the logical name of its index. */
  readonly alert: AlertMessage;
}

/** A dispatch as it is stored, with what it takes to change it and nothing that was written meanwhile. */
export interface StoredDispatch extends Dispatch {
  readonly id: string;
  readonly version: { readonly if_seq_no: number; readonly if_primary_term: number };
}

/** The id says what it is for: the same alert is sent to a target once, whoever queues it. */
export const dispatchId = (alertId: string, target: string): string => `${alertId}~${target}`;

/** What is queued for a target. */
export interface Queued {
  readonly name: string;
  readonly utctimestamp: string;
  readonly alert: AlertMessage;
}

/** The document of an alert that has just been stored. */
export const newDispatch = ({ name, utctimestamp, alert }: Queued, target: string): WholeDispatch => ({
  type: "dispatch",
  status: "pending",
  name,
  target,
  utctimestamp,
  alertid: alert._id,
  alert,
  attempts: 0,
  nextat: utctimestamp,
  firstat: null,
  error: null,
});

/** By the day of its alert, so that old ones go with their index. */
export const indexOfDispatch = ({ utctimestamp }: Pick<Dispatch, "utctimestamp">): string =>
  deliveryIndex(new Date(utctimestamp));
