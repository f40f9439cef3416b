import { messageOf } from "@mozdef/alert";
import {
  type AlertAction,
  alertDocument,
  type AlertMessage,
  type DeliveryAnswer,
  type DeliveryEvent,
  type Log,
} from "@mozdef/alert/runtime";
import { setTimeout as pause } from "node:timers/promises";
import { RunnerError } from "../runner-error.ts";
import type { ActionsTestCommand } from "./parse-args.ts";

/** What a test of an action needs of the world. */
export interface TestActionParts {
  readonly actions: Readonly<Record<string, AlertAction>>;
  readonly fetch: typeof fetch;
  readonly log: Log;
  readonly now: Date;
}

/** What came of it, and whether the receiver has the alert. */
export interface ActionReport {
  readonly text: string;
  readonly isSent: boolean;
}

/** An answer over HTTP. Of its address only the origin: the rest of it may be secret. */
interface Answered {
  readonly method: string;
  readonly origin: string;
  readonly status: number;
}

const DEFAULT_TIMEOUT_MS = 10_000;

/**
 * Sends one alert by an action of the configuration, whatever its registration: once, without the outbox and without anything being stored.
 *
 * @throws {RunnerError} `OPTION_INVALID` when there is no such action, or it is not told of the event.
 */
export const testAction = async (command: ActionsTestCommand, parts: TestActionParts): Promise<ActionReport> => {
  const { name, event, isJson } = command;
  const action = actionOf(command, parts.actions);
  const message = testAlert(command, parts.now);
  const answered: Answered[] = [];
  const outcome = await send(action, message, command, { ...parts, fetch: noting(parts.fetch, answered) });
  const isSent = outcome === undefined;
  const result = {
    action: name,
    kind: action.kind,
    event,
    id: message._id,
    sent: isSent,
    ...outcome,
    answers: answered,
  };
  return { text: isJson ? JSON.stringify(result, null, 2) : linesOf(result).join("\n"), isSent };
};

const actionOf = ({ name, event }: ActionsTestCommand, actions: TestActionParts["actions"]): AlertAction => {
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
  const names = Object.keys(actions).join(", ") || "none: the configuration has no actions";
  if (action === undefined)
    throw new RunnerError("OPTION_INVALID", `actions test: expected one of ${names}. Received: ${shown(name)}.`);
  const { events = ["trigger"] } = action;
  if (events.includes(event)) return action;
  throw new RunnerError(
    "OPTION_INVALID",
    `--event: the action ${name} is told of ${events.join(", ")} only, by its option events. Received: ${event}.`,
  );
};

const shown = (text: string): string => JSON.stringify(text.slice(0, 100));

const testAlert = ({ id }: ActionsTestCommand, now: Date): AlertMessage => ({
  _index: "alerts-test",
  _id: id ?? `test-${now.getTime()}`,
  _source: {
    ...alertDocument(
      {
        ...{ summary: "This is a test: nothing has happened", category: "test", tags: ["test"], severity: "NOTICE" },
        ...{ notify_mozdefbot: true },
      },
      { now, classname: "AlertActionTest", events: [] },
    ),
  },
});

const send = async (
  action: AlertAction,
  message: AlertMessage,
  { name, event, by }: ActionsTestCommand,
  { fetch, log, now }: TestActionParts,
): Promise<DeliveryAnswer> => {
  const controller = new AbortController();
  const { timeoutMs = DEFAULT_TIMEOUT_MS } = action;
  const late = async (): Promise<DeliveryAnswer> => {
    await pause(timeoutMs, undefined, { signal: controller.signal });
    controller.abort();
    return { retry: `no answer within ${timeoutMs} ms` };
  };
  const { signal } = controller;
  const told = {
    key: `${message._id}~${name}`,
    attempt: 1,
    event,
    by: event === "trigger" ? null : by,
    group: null,
    alerts: [message],
  };
  try {
    const bound: typeof fetch = (input, init) => fetch(input, { signal, ...init });
    const work = async () => action.send(message, { ...told, now, log, signal, fetch: bound });
    return await Promise.race([work(), late()]);
  } catch (cause) {
    return { retry: messageOf(cause) };
  } finally {
    controller.abort();
  }
};

const noting =
  (fetch: TestActionParts["fetch"], answered: Answered[]): typeof globalThis.fetch =>
  async (input, init) => {
    const response = await fetch(input, init);
    const { origin } = new URL(input instanceof Request ? input.url : input);
    answered.push({ method: init?.method ?? "GET", origin, status: response.status });
    return response;
  };

interface Result {
  readonly action: string;
  readonly kind: string;
  readonly event: DeliveryEvent;
  readonly id: string;
  readonly sent: boolean;
  readonly retry?: string;
  readonly refused?: string;
  readonly answers: readonly Answered[];
}

const linesOf = ({ action, kind, event, id, sent, retry, refused, answers }: Result): readonly string[] => [
  ...answers.map(({ method, origin, status }) => `${method} ${origin}: ${status}`),
  ...(sent ? [`ok    ${action} (${kind}) has the alert ${id}: ${event}`] : []),
  ...(retry === undefined
    ? []
    : [`ERROR ${action} (${kind}) does not have the alert ${id}, it would be tried again: ${retry}`]),
  ...(refused === undefined ? [] : [`ERROR ${action} (${kind}) refuses the alert ${id}: ${refused}`]),
];
