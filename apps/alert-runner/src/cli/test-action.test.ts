import { pagerduty, webhook } from "@mozdef/alert-actions";
import { defineAction } from "@mozdef/alert/runtime";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import type { ActionsTestCommand } from "./parse-args.ts";
import { testAction } from "./test-action.ts";

const command: ActionsTestCommand = {
  ...{ kind: "actions test", config: undefined, name: "soar", event: "trigger", id: undefined, by: null },
  isJson: false,
};

const silent = () => undefined;
const parts = {
  fetch,
  log: { debug: silent, info: silent, warn: silent, error: silent },
  now: new Date(1_772_000_000_000),
};

const openReceiver = async (status: number, answer = "") => {
  const bodies: unknown[] = [];
  const server = createServer((request, response) => {
    request.setEncoding("utf8");
    let text = "";
    request.on("data", (chunk: string) => (text += chunk));
    request.on("end", () => {
      bodies.push(JSON.parse(text));
      response.writeHead(status).end(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return { bodies, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
};

it("sends an alert by the action, whatever it is registered for, and says what was answered", async () => {
  const { bodies, origin } = await openReceiver(204);
  const soar = webhook({ url: `${origin}/hooks/secret-path-1`, registration: "critical" });
  const { text, isSent } = await testAction(command, { ...parts, actions: { soar } });
  expect(isSent).toBe(true);
  expect(text.split("\n")).toEqual([
    `POST ${origin}: 204`,
    "ok    soar (webhook) has the alert test-1772000000000: trigger",
  ]);
  expect(bodies).toMatchObject([
    { id: "test-1772000000000", alert: { classname: "AlertActionTest", category: "test", events: [] } },
  ]);
});

it.each([
  [400, "ERROR soar (webhook) refuses the alert test-1772000000000: it answered 400: no"],
  [
    503,
    "ERROR soar (webhook) does not have the alert test-1772000000000, it would be tried again: it answered 503: no",
  ],
])("says why a receiver with %i does not have it", async (status, line) => {
  const { origin } = await openReceiver(status, "no");
  const { text, isSent } = await testAction(command, { ...parts, actions: { soar: webhook({ url: origin }) } });
  expect([isSent, text.split("\n").at(-1)]).toEqual([false, line]);
});

it("tells the end of an alert that was sent before, as JSON when that is wanted", async () => {
  const { bodies, origin } = await openReceiver(202);
  const fetchThere = ((_: string, init: RequestInit) => fetch(origin, init)) as typeof fetch;
  const actions = { pager: pagerduty({ integrationKey: "0123456789abcdef0123456789abcdef" }) };
  const resolve = { ...command, name: "pager", event: "resolve", id: "test-1", by: "ana", isJson: true } as const;
  const { text } = await testAction(resolve, { ...parts, fetch: fetchThere, actions });
  expect(bodies).toMatchObject([{ event_action: "resolve", dedup_key: "test-1" }]);
  expect(JSON.parse(text)).toEqual({
    ...{ action: "pager", kind: "pagerduty", event: "resolve", id: "test-1", sent: true },
    answers: [{ method: "POST", origin: "https://events.pagerduty.com", status: 202 }],
  });
});

it("ends when nobody answers, and when an action fails", async () => {
  const never = defineAction({ kind: "never", timeoutMs: 5, send: () => new Promise(silent) });
  const broken = defineAction({ kind: "broken", send: () => Promise.reject(new Error("no route")) });
  for (const [soar, reason] of [
    [never, "no answer within 5 ms"],
    [broken, "no route"],
  ] as const) {
    const { text, isSent } = await testAction(command, { ...parts, actions: { soar } });
    expect(isSent).toBe(false);
    expect(text).toContain(reason);
  }
});

it.each([
  [{ name: "sour" }, 'expected one of soar. Received: "sour"'],
  [{ name: "constructor" }, "expected one of soar."],
  [{ event: "resolve" }, "--event: the action soar is told of trigger only"],
])("refuses %j", async (more, reason) => {
  const actions = { soar: webhook({ url: "http://127.0.0.1" }) };
  await expect(testAction({ ...command, ...more } as ActionsTestCommand, { ...parts, actions })).rejects.toMatchObject({
    code: "OPTION_INVALID",
    message: expect.stringContaining(reason) as string,
  });
});
