import { email } from "@mozdef/alert-actions/email";
import { opsgenie } from "@mozdef/alert-actions/opsgenie";
import { pagerduty } from "@mozdef/alert-actions/pagerduty";
import { webhook } from "@mozdef/alert-actions/webhook";
import type { AlertAction, AlertMessage } from "@mozdef/alert/runtime";
import { describe, expect, it } from "vitest";
import { messageText } from "../src/message-text.ts";
import { openMailServer } from "./mail-server.ts";
import { divertTo, hostileMessage, message, openReceiver, send } from "./receiver.ts";
import { CHATS } from "./senders.ts";

const several = (count: number): readonly AlertMessage[] =>
  Array.from({ length: count }, (_, index) => ({
    ...message({
      summary: `login number ${index}`,
      severity: index === 1 ? "CRITICAL" : "NOTICE",
      classname: `Alert${index % 7}`,
      utctimestamp: `2026-03-10T08:${10 + index}:00+00:00`,
    }),
    _id: `id-${index}`,
  }));

const summed = (count: number) => message({ summary: `${count} alerts of AlertX`, severity: "CRITICAL" });

const told = async (action: AlertAction, alerts: readonly AlertMessage[], what: AlertMessage, context: object = {}) => {
  const { received, url } = await openReceiver();
  const { fetch } = divertTo(url);
  expect(await send(action, { fetch, alerts, ...context }, what)).toBeUndefined();
  return received[0]?.body ?? "";
};

describe("messageText", () => {
  const trigger = { event: "trigger", by: null } as const;

  it("says how many alerts there are, when, and which the first ten are", () => {
    const text = messageText(summed(12), { ...trigger, alerts: several(12) }, "https://mozdef.example.org/alerts");
    expect(text.title).toBe("CRITICAL: 12 alerts of AlertX");
    expect(text.facts).toEqual([
      ["Alerts", "12"],
      ["Names", "Alert0, Alert1, Alert2, Alert3, Alert4, 2 more"],
      ["Categories", "bruteforce"],
      ["Time", "2026-03-10T08:10:00+00:00 to 2026-03-10T08:21:00+00:00"],
      ["Events", "144"],
    ]);
    expect(text.events).toHaveLength(11);
    expect(text.events.slice(0, 2)).toEqual(["NOTICE: login number 0", "CRITICAL: login number 1"]);
    expect(text.events.at(-1)).toBe("and 2 more alerts");
    expect(text.link).toBe("https://mozdef.example.org/alerts");
  });

  it("says it itself, with the highest severity, when the message is one of its alerts", () => {
    const alerts = several(3);
    const [first = message()] = alerts;
    const text = messageText(first, { ...trigger, alerts }, undefined);
    expect(text.title).toBe("CRITICAL: 3 alerts, among them login number 0");
    expect(text.events).toHaveLength(3);
  });

  it("says which alerts were closed", () => {
    const text = messageText(summed(2), { event: "resolve", by: "ana", alerts: several(2) }, undefined);
    expect([text.title, ...text.events]).toEqual([
      "Closed by ana: 2 alerts of AlertX",
      "NOTICE: login number 0",
      "CRITICAL: login number 1",
    ]);
  });
});

describe.each(CHATS)("$name", ({ make }) => {
  it("shows the first alerts, and how many there are", async () => {
    const body = await told(make(), several(12), summed(12));
    for (const part of ["12 alerts of AlertX", "login number 0", "login number 9", "and 2 more alerts"])
      expect(body).toContain(part);
    expect(body).not.toContain("login number 10");
  });

  it("keeps to the bounds of its target when all of them are hostile and long", async () => {
    const what = hostileMessage(10_000);
    const body = await told(make(), Array<AlertMessage>(1_000).fill(what), what);
    expect(body.length).toBeLessThan(20_000);
    expect(body).toContain("1000 alerts");
  });
});

it("PagerDuty has one incident for several alerts, with the first of them", async () => {
  const action = pagerduty({ integrationKey: "0123456789abcdef0123456789abcdef" });
  const body = JSON.parse(await told(action, several(12), summed(12))) as object;
  expect(body).toMatchObject({
    dedup_key: "abc",
    payload: { summary: "CRITICAL: 12 alerts of AlertX", severity: "critical", custom_details: { alerts: "12" } },
  });
  const { payload } = body as {
    readonly payload: { readonly custom_details: { readonly first_alerts: readonly string[] } };
  };
  expect(payload.custom_details.first_alerts).toHaveLength(11);
});

it("Opsgenie has one alert for several, with the first of them", async () => {
  const body = JSON.parse(await told(opsgenie({ apiKey: "key-1" }), several(12), summed(12))) as {
    readonly message: string;
    readonly description: string;
  };
  expect(body).toMatchObject({ message: "CRITICAL: 12 alerts of AlertX", priority: "P1", alias: "abc" });
  expect(body.description).toContain("- NOTICE: login number 0");
  expect(body.description).toContain("- and 2 more alerts");
});

it("a mail shows the first of several alerts", async () => {
  const { received, port } = await openMailServer();
  const action = email({ host: "127.0.0.1", tls: "none", port, from: "a@example.org", to: "b@example.org" });
  await send(action, { alerts: several(12) }, summed(12));
  expect(received[0]?.headers.subject).toBe("CRITICAL: 12 alerts of AlertX");
  for (const part of [received[0]?.text, received[0]?.html]) {
    expect(part).toContain("CRITICAL: login number 1");
    expect(part).toContain("and 2 more alerts");
  }
});

it("a webhook has the alerts as data, as many as wanted, and the number of all", async () => {
  const action = webhook({ url: "http://127.0.0.1/hook", mostAlerts: 2, mostEvents: 1 });
  const body = JSON.parse(await told(action, several(12), summed(12))) as { readonly alerts: readonly object[] };
  expect(body).toMatchObject({ id: "abc", alertCount: 12 });
  expect(body.alerts).toMatchObject([
    { id: "id-0", eventCount: 12, alert: { summary: "login number 0", events: [{ documentid: "0" }] } },
    { id: "id-1", eventCount: 12, alert: { summary: "login number 1" } },
  ]);
  expect(JSON.parse(await told(action, [message()], message()))).not.toHaveProperty("alerts");
});
