import { webhook } from "@mozdef/alert-actions/webhook";
import { email } from "@mozdef/alert-actions/email";
import { opsgenie } from "@mozdef/alert-actions/opsgenie";
import { pagerduty } from "@mozdef/alert-actions/pagerduty";
import { describe, expect, it } from "vitest";
import { openMailServer } from "./mail-server.ts";
import { divertTo, HOSTILE, message, NOW, openReceiver, send } from "./receiver.ts";
import { CHATS, SENDERS } from "./senders.ts";

const told = async (make: (more?: object) => ReturnType<typeof webhook>, context: object, what = message()) => {
  const { received, url } = await openReceiver();
  expect(await send(make(), { fetch: divertTo(url).fetch, ...context }, what)).toBeUndefined();
  return received[0]?.body ?? "";
};

/** Without what chats escape Markdown by. */
const unescaped = (body: string): string => body.replaceAll("\\\\", "");

describe.each(CHATS)("$name", ({ make }) => {
  it.each([
    [{ event: "acknowledge", by: "ana" }, "Acknowledged by ana: 10 failed logins by 192.0.2.7"],
    [{ event: "resolve", by: "ana" }, "Closed by ana: 10 failed logins by 192.0.2.7"],
    [{ event: "resolve", by: null }, "Closed: 10 failed logins by 192.0.2.7"],
  ])("says %j in a line", async (context, line) => {
    const body = await told(make, context);
    expect(unescaped(body)).toContain(line);
    expect(body).not.toContain("WARNING");
    expect(body).not.toContain("failed 0");
  });

  it("lets nobody's name hide anything or be long", async () => {
    const body = await told(make, { event: "resolve", by: HOSTILE + "x".repeat(10_000) });
    expect(body.length).toBeLessThan(5_000);
    expect(JSON.stringify(JSON.parse(body))).not.toMatch(/\u202E|(?<!\\)\\u001b/);
  });

  it("is asked only for new alerts, unless the configuration says more", () => {
    expect(make().events).toBeUndefined();
    expect(make({ events: ["trigger", "resolve"] }).events).toEqual(["trigger", "resolve"]);
  });
});

describe.each(SENDERS)("$name", ({ make }) => {
  it.each([
    [["resolve"], "expected trigger among them"],
    [["trigger", "reopen"], "events.1: "],
  ])("refuses the events %j", (events, reason) => {
    expect(() => make({ events })).toThrow(
      expect.objectContaining({ code: "ACTION_INVALID", message: expect.stringContaining(reason) as string }),
    );
  });
});

const integrationKey = "0123456789abcdef0123456789abcdef";

describe.each(["acknowledge", "resolve"] as const)("%s", (event) => {
  it("is told to PagerDuty by the key of the alert, and nothing else is", async () => {
    const group = message({ groupkey: "192.0.2.7" });
    const make = () => pagerduty({ integrationKey });
    const { dedup_key: key } = JSON.parse(await told(make, {}, group)) as { readonly dedup_key: string };
    const body = JSON.parse(await told(make, { event, by: "ana" }, { ...group, _id: "later" })) as object;
    expect(body).toEqual({ routing_key: integrationKey, event_action: event, dedup_key: key });
    expect(make().events).toEqual(["trigger", "acknowledge", "resolve"]);
  });

  it("is told to Opsgenie by the alias of the alert, with who did it", async () => {
    const { received, url } = await openReceiver({ status: 202 });
    const { asked, fetch } = divertTo(url);
    const action = opsgenie({ apiKey: "key-1", region: "eu" });
    expect(action.events).toEqual(["trigger", "acknowledge", "resolve"]);
    const what = message({ groupkey: "a/b?c" });
    expect(await send(action, { fetch, event, by: "ana\u202E".repeat(100) }, what)).toBeUndefined();
    const verb = event === "resolve" ? "close" : event;
    expect(asked).toEqual([
      `https://api.eu.opsgenie.com/v2/alerts/AlertBruteforceSsh%20a%2Fb%3Fc/${verb}?identifierType=alias`,
    ]);
    const body = JSON.parse(received[0]?.body ?? "") as { readonly user: string; readonly source: string };
    expect(body.source).toBe("MozDef");
    expect(body.user).toMatch(/^ana\\u202e.*…$/);
    expect(body.user.length).toBeLessThanOrEqual(100);
  });

  it("leaves out of Opsgenie who did it when the service did", async () => {
    expect(JSON.parse(await told(() => opsgenie({ apiKey: "key-1" }), { event, by: null }))).toEqual({
      source: "MozDef",
    });
  });

  it("is told to a webhook as data, and is not the alert that was told before", async () => {
    const { received, url } = await openReceiver();
    const action = webhook({ url, events: ["trigger", event] });
    expect(action.events).toEqual(["trigger", event]);
    await send(action);
    await send(action, { event, by: "ana" });
    expect(received.map(({ headers }) => headers["idempotency-key"])).toEqual([
      "abc~hook",
      `abc~hook~${event}~${NOW.getTime()}`,
    ]);
    expect(JSON.parse(received[1]?.body ?? "")).toMatchObject({ type: "alert", event, by: "ana", id: "abc" });
  });

  it("is a mail of one line, which no mailbox takes for the one about the new alert", async () => {
    const { received, port } = await openMailServer();
    const action = email({ host: "127.0.0.1", tls: "none", port, from: "a@example.org", to: "b@example.org" });
    await send(action);
    await send(action, { event, by: "ana" });
    const [first, second] = received;
    const line = `${event === "resolve" ? "Closed" : "Acknowledged"} by ana: 10 failed logins by 192.0.2.7`;
    expect(second?.headers.subject).toBe(line);
    expect(second?.text.trim()).toBe(line);
    expect(second?.html).not.toContain("table");
    expect(second?.headers["message-id"]).not.toBe(first?.headers["message-id"]);
  });
});
