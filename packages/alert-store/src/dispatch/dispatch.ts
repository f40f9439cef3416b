import type { AlertMessage, DeliveryEvent } from "@mozdef/alert/runtime";
import { deliveryIndex } from "../names.ts";
import type { Destination } from "./destination.ts";

/**
 * How far an alert has come on its way to one target. `pending`: to be sent, at `nextat` or later; `done`: the target has it; `dead`:
 * given up, until somebody has it sent again; `muted`: not to be sent, for the reason it says.
 */
export const DISPATCH_STATUSES = ["pending", "done", "dead", "muted"] as const;
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
  /** What is told of an alert that the target has; absent where the alert itself is sent. */
  readonly notice?: Exclude<DeliveryEvent, "trigger">;
  /** Who has acknowledged or closed the alert; null when the service has. */
  readonly by?: string | null;
  /** The route that led to the target; absent where there are no routes. */
  readonly route?: string;
  /** Those that are sent as one message have the same. */
  readonly groupid?: string;
  /** Sent only when nobody has acknowledged or closed the alert. */
  readonly isEscalation?: boolean;
  /** The message that it is part of, as long as that is not known to have arrived; null when it is in none. */
  readonly batch?: string | null;
  /** The key of the message with which the target got it last. */
  readonly message?: string;
  /** How often the target has got it. */
  readonly times?: number;
  /** When the target got it last. */
  readonly sentat?: string | null;
  /** Whether somebody has it sent whatever mutes it. Default false. */
  readonly isReplayed?: boolean;
  /** Why it is not sent, or not sent again; null when it is. */
  readonly reason?: string | null;
  /** Attempts so far; since the target got it last, when it is to get it again. */
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
export const dispatchId = (
  alertId: string,
  { target, isEscalation = false }: Pick<Destination, "target" | "isEscalation">,
): string => `${alertId}~${target}${isEscalation ? "~escalation" : ""}`;

/** What is queued for a target. */
export interface Queued {
  readonly name: string;
  readonly utctimestamp: string;
  readonly alert: AlertMessage;
}

/** The document of an alert that has just been stored. */
export const newDispatch = (
  { name, utctimestamp, alert }: Queued,
  { target, nextat, muted, ...destination }: Destination,
): WholeDispatch => ({
  type: "dispatch",
  status: muted === undefined ? "pending" : "muted",
  name,
  target,
  utctimestamp,
  alertid: alert._id,
  alert,
  ...destination,
  attempts: 0,
  nextat,
  firstat: null,
  error: null,
  ...(muted !== undefined && { reason: muted }),
});

/** By the day of its alert, so that old ones go with their index. */
export const indexOfDispatch = ({ utctimestamp }: Pick<Dispatch, "utctimestamp">): string =>
  deliveryIndex(new Date(utctimestamp));
