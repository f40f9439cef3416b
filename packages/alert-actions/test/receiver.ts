import type { AlertAction, AlertMessage, DeliveryAnswer, DeliveryContext } from "@mozdef/alert/runtime";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** The time of all deliveries in these tests. */
export const NOW = new Date("2026-03-10T09:00:00Z");

export interface Received {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A real HTTP server that keeps what it is sent. */
export const openReceiver = async (answer: Answer = {}) => {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method, url: path, headers } = request;
      received.push({ method, path, headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(answer.status ?? 200, answer.headers).end(answer.body ?? "");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { received, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` };
};

export const message = (changes: Partial<AlertMessage["_source"]> = {}): AlertMessage => ({
  _index: "alerts-202603",
  _id: "abc",
  _source: {
    utctimestamp: "2026-03-10T08:59:00+00:00",
    severity: "WARNING",
    summary: "10 failed logins by 192.0.2.7",
    category: "bruteforce",
    tags: ["ssh"],
    events: Array.from({ length: 12 }, (_, index) => ({
      documentindex: "events-20260310",
      documentid: String(index),
      documentsource: { summary: `failed ${index}` },
    })),
    channel: null,
    notify_mozdefbot: true,
    status: "manual",
    classname: "AlertBruteforceSsh",
    ...changes,
  },
});

const silent = () => undefined;

/** What becomes of an alert has a key of its own. */
const keyOf = (event: DeliveryContext["event"] = "trigger"): string =>
  event === "trigger" ? "abc~hook" : `abc~hook~${event}~${NOW.getTime()}`;

export const send = async (
  action: AlertAction,
  context: Partial<DeliveryContext> = {},
  what: AlertMessage = message(),
): Promise<DeliveryAnswer> =>
  action.send(what, {
    now: NOW,
    log: { debug: silent, info: silent, warn: silent, error: silent },
    signal: new AbortController().signal,
    fetch,
    key: keyOf(context.event),
    attempt: 1,
    event: "trigger",
    by: null,
    group: null,
    alerts: [what],
    ...context,
  });

/** A `fetch` that brings what is meant for a vendor to the receiver, and keeps the addresses that were asked. */
export const divertTo = (url: string) => {
  const asked: string[] = [];
  const divert = ((input: string, init?: RequestInit) => {
    asked.push(input);
    const { pathname, search } = new URL(input);
    return fetch(new URL(`${pathname}${search}`, url), init);
  }) as typeof fetch;
  return { asked, fetch: divert };
};

/** What an attacker may bring into the text of an alert: markup, mentions, hidden characters, half a character, length. */
export const HOSTILE =
  "<!channel> @here *b* [x](http://evil.example) <b>&amp;</b> \u202Etxt \u001B[31m\n# h `c` \uD800";

export const hostileMessage = (length = 0): AlertMessage =>
  message({
    summary: HOSTILE + "&".repeat(length),
    category: HOSTILE,
    tags: Array.from({ length: 1_000 }, () => HOSTILE),
    events: Array.from({ length: 12 }, (_, index) => ({
      documentindex: "events",
      documentid: String(index),
      documentsource: { hostname: HOSTILE, summary: HOSTILE + "x".repeat(length) },
    })),
  });
