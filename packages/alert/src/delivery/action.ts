import { AlertError } from "../alert-error.ts";
import type { AlertDocument } from "../document/alert-document.ts";
import type { Hit } from "../document/event.ts";
import type { AlertContext } from "../task/context.ts";

/** An alert as stored, with its address: what actions receive. */
export type AlertMessage = Hit<AlertDocument>;

/** What there is to tell about an alert: that it was made, that somebody takes care of it, that it is over. */
export const DELIVERY_EVENTS = ["trigger", "acknowledge", "resolve"] as const;
export type DeliveryEvent = (typeof DELIVERY_EVENTS)[number];

/** Where people get to from a message about an alert. */
export interface DeliveryLinks {
  /** The page of the alert; of several alerts, the page of all. */
  readonly alert: string;
  /**
   * Where whoever gets the message can say that they take care of the alert, without a log-in: it is signed, and ends after a week. Null for
   * several alerts, and when there is nothing to take care of any more. A `POST` to it acknowledges at once, as a bot would; people
   * get a page that asks first, since chats and mail programs open links to look at them.
   */
  readonly acknowledge: string | null;
}

/** What an action may use while it sends. */
export interface DeliveryContext extends Pick<AlertContext, "now" | "log" | "signal" | "fetch"> {
  /**
   * The same for every attempt to bring this alert to this target, and no other: a receiver that has seen it has the alert. What becomes
   * of the alert is told with other keys. For headers such as `Idempotency-Key`.
   */
  readonly key: string;
  /** 1 for the first. */
  readonly attempt: number;
  /** What is told. Only what the action says it can tell, see {@link AlertAction.events}. */
  readonly event: DeliveryEvent;
  /** Who has acknowledged or closed it; null when the service did, and for `trigger`. */
  readonly by: string | null;
  /**
   * What alerts have in common that a route sends as one: the same in every message about them, whose `groupkey` is `route:` and this.
   * Null for an alert by itself.
   */
  readonly group: string | null;
  /**
   * The alerts that the message stands for, oldest first: more than one where a route groups them. The message then sums them up,
   * with the highest severity among them.
   */
  readonly alerts: readonly AlertMessage[];
  /** Undefined where nobody knows the address of the service (`listen.publicUrl`), as in tests. */
  readonly links?: DeliveryLinks | undefined;
}

/** The receiver has not taken the alert, and may later. */
export interface Retry {
  /** Why, for people. */
  readonly retry: string;
  /** How long to wait at least, in milliseconds, as the receiver asks for it. Default: a wait that doubles from 5 s to 5 min. */
  readonly afterMs?: number;
}

/** The receiver will never take the alert: trying again changes nothing. */
export interface Refused {
  /** Why, for people. */
  readonly refused: string;
}

/** What became of an attempt; nothing: the receiver has the alert. */
export type DeliveryAnswer = Retry | Refused | undefined;

/** What happens after an alert is saved: chat, pager, mail. */
export interface AlertAction {
  /** What it is, for messages: `webhook`. */
  readonly kind: string;
  /** Lower-case words; alerts go to it of which any key or value equals one. Default `*`: every alert. */
  readonly registration?: string | readonly string[];
  /**
   * What it can tell its receiver. Default: only `trigger`. With `acknowledge` and `resolve` it is also called when an alert that it has
   * brought there is acknowledged or closed: for receivers that have a state of their own.
   */
  readonly events?: readonly DeliveryEvent[];
  /** Longest time for one attempt in milliseconds. Default 10,000. */
  readonly timeoutMs?: number;
  /**
   * Brings an alert to its receiver. Called again after `{ retry }`, after an exception and after `timeoutMs`, for a day; and after a
   * crash between its answer and the record of it.
   */
  send(message: AlertMessage, context: DeliveryContext): DeliveryAnswer | Promise<DeliveryAnswer>;
}

const KEYS = ["kind", "registration", "events", "timeoutMs", "send"];

/**
 * An action that others configure: `actions: { soc: webhook({ url }) }`.
 *
 * @throws {AlertError} `ACTION_INVALID`.
 *
 * @example
 * export const printed = () => defineAction({ kind: "printed", send: ({ _source }) => void console.log(_source.summary) });
 */
export const defineAction = (action: AlertAction): AlertAction => {
  const problem = actionProblem(action);
  if (problem !== null) throw new AlertError("ACTION_INVALID", `The action is wrong: ${problem}.`);
  return Object.freeze({ ...action });
};

/** Why a value is not an action; null when it is one. By its shape, since it may come from another copy of this package. */
export const actionProblem = (value: unknown): string | null => {
  if (typeof value !== "object" || value === null)
    return `expected what defineAction returns, received ${typeof value}`;
  const { kind, registration, events, timeoutMs, send } = value as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(value).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) return `unknown key ${JSON.stringify(unknown)}, expected some of ${KEYS.join(", ")}`;
  if (typeof kind !== "string" || kind === "") return "kind is not a text";
  if (typeof send !== "function") return `send of ${kind} is not a function`;
  if (registration !== undefined && !isRegistration(registration))
    return `registration of ${kind} is neither a lower-case word nor a list of them`;
  if (events !== undefined && !isEvents(events))
    return `events of ${kind} is not a list of ${DELIVERY_EVENTS.join(", ")} with trigger among them`;
  if (timeoutMs !== undefined && !isDuration(timeoutMs))
    return `timeoutMs of ${kind} is not a number from 1 to 600,000`;
  return null;
};

const isEvents = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.includes("trigger") &&
  value.every((event) => (DELIVERY_EVENTS as readonly unknown[]).includes(event));

/** Whether a value is a word, or a list of words, that can be found: words of messages are compared in lower case. */
export const isRegistration = (value: unknown): value is string | readonly string[] =>
  (Array.isArray(value) ? value : [value]).every(
    (word) => typeof word === "string" && word !== "" && word === word.toLowerCase(),
  );

/** Whether a value is a time in milliseconds that something can be waited for. */
export const isDuration = (value: unknown): boolean => typeof value === "number" && value >= 1 && value <= 600_000;
