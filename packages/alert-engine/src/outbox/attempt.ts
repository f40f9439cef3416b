import { messageOf } from "@mozdef/alert";
import type { AlertAction, AlertMessage, DeliveryAnswer, DeliveryContext, DeliveryLinks } from "@mozdef/alert/runtime";
import type { Clock } from "../clock.ts";
import type { AlertServices } from "../host/alert-context.ts";
import { withDeadline } from "../host/deadline.ts";

/** What came of an attempt to bring an alert to a target. */
export type Outcome =
  | { readonly kind: "sent" }
  | { readonly kind: "retry"; readonly error: string; readonly afterMs: number }
  | { readonly kind: "refused"; readonly error: string };

/** Where people get to from a message about alerts, by what is told and to which target. What it throws is a failed attempt. */
export type LinksOf = (
  alerts: readonly AlertMessage[],
  told: Pick<DeliveryContext, "event" | "now"> & { readonly target: string },
) => DeliveryLinks | Promise<DeliveryLinks>;

export interface Attempt extends Pick<DeliveryContext, "key" | "attempt" | "event" | "by" | "group" | "alerts"> {
  readonly action: AlertAction;
  readonly message: AlertMessage;
  readonly services: Pick<AlertServices, "log" | "fetch">;
  readonly clock: Clock;
  /** Default: none. */
  readonly links?: LinksOf | undefined;
  /** The target, for {@link LinksOf}. */
  readonly target: string;
  /** Ends the attempt. */
  readonly signal: AbortSignal;
}

const DEFAULT_TIMEOUT_MS = 10_000;

/** Of what a target says, in characters: it is stored with each attempt. */
const LONGEST_ERROR = 1_000;

/** One attempt. Never throws: an action that does has failed for now. */
export const attemptDelivery = async (attempt: Attempt): Promise<Outcome> => {
  const { action, signal } = attempt;
  const controller = new AbortController();
  // An action that does not listen must not hold up the end of the service.
  const aborted = new Promise<never>((_, reject) => {
    controller.signal.addEventListener("abort", () => reject(new Error(messageOf(controller.signal.reason))));
  });
  const stop = (): void => controller.abort(signal.reason);
  signal.addEventListener("abort", stop);
  try {
    if (signal.aborted) stop();
    const { timeoutMs = DEFAULT_TIMEOUT_MS } = action;
    const work = () => Promise.race([send(attempt, controller.signal), aborted]);
    return outcomeOf(action, await withDeadline(action.kind, timeoutMs, controller, work));
  } catch (cause) {
    return { kind: "retry", error: messageOf(cause).slice(0, LONGEST_ERROR), afterMs: 0 };
  } finally {
    signal.removeEventListener("abort", stop);
  }
};

const send = async (
  { action, message, services, clock, key, attempt, event, by, group, alerts, links: linksOf, target }: Attempt,
  signal: AbortSignal,
): Promise<DeliveryAnswer> => {
  const { log, fetch } = services;
  const guarded: typeof fetch = (input, init) => fetch(input, { signal, ...init });
  const now = clock.now();
  const links = await linksOf?.(alerts, { event, now, target });
  const told = { event, by, group, alerts, ...(links !== undefined && { links }) };
  return action.send(message, { key, attempt, ...told, now, log, signal, fetch: guarded });
};

const outcomeOf = ({ kind }: AlertAction, answer: unknown): Outcome => {
  if (answer === undefined) return { kind: "sent" };
  if (typeof answer === "object" && answer !== null) {
    const { retry, refused, afterMs } = answer as Readonly<Record<string, unknown>>;
    if (typeof refused === "string") return { kind: "refused", error: refused.slice(0, LONGEST_ERROR) };
    if (typeof retry === "string")
      return { kind: "retry", error: retry.slice(0, LONGEST_ERROR), afterMs: Math.max(0, Number(afterMs) || 0) };
  }
  return { kind: "retry", error: `${kind} answered neither nothing nor { retry } nor { refused }.`, afterMs: 0 };
};
