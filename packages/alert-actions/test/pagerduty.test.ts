import { pagerduty, type PagerdutyOptions } from "@mozdef/alert-actions/pagerduty";
import { expect, it } from "vitest";
import { divertTo, hostileMessage, message, openReceiver, send } from "./receiver.ts";

const integrationKey = "0123456789abcdef0123456789abcdef";

interface Event {
  readonly dedup_key: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

const posted = async (options: Partial<PagerdutyOptions> = {}, what = message()) => {
  const { received, url } = await openReceiver({ status: 202, body: '{"status":"success"}' });
  const { asked, fetch } = divertTo(url);
  expect(await send(pagerduty({ integrationKey, ...options }), { fetch }, what)).toBeUndefined();
  return { asked, path: received[0]?.path, body: JSON.parse(received[0]?.body ?? "") as Event };
};

it("triggers an event with all that PagerDuty wants", async () => {
  const { asked, path, body } = await posted({ alertUrl: "https://mozdef.example.org/alerts" });
  expect([asked, path]).toEqual([["https://events.pagerduty.com/v2/enqueue"], "/v2/enqueue"]);
  expect(body).toEqual({
    routing_key: integrationKey,
    event_action: "trigger",
    dedup_key: "abc",
    client: "MozDef",
    client_url: "https://mozdef.example.org/alerts/abc",
    links: [{ href: "https://mozdef.example.org/alerts/abc", text: "Open the alert" }],
    payload: {
      summary: "WARNING: 10 failed logins by 192.0.2.7",
      source: "MozDef",
      severity: "warning",
      timestamp: "2026-03-10T08:59:00+00:00",
      group: "bruteforce",
      class: "AlertBruteforceSsh",
      custom_details: {
        ...{ id: "abc", index: "alerts-202603", alert: "AlertBruteforceSsh", category: "bruteforce", tags: "ssh" },
        ...{ time: "2026-03-10T08:59:00+00:00", events: "12" },
        first_events: ["failed 0", "failed 1", "failed 2", "failed 3", "failed 4"],
      },
    },
  });
});

it("asks the region of the account", async () => {
  expect((await posted({ region: "eu" })).asked).toEqual(["https://events.eu.pagerduty.com/v2/enqueue"]);
});

it("gives alerts of one group the same key, of at most 255 characters", async () => {
  const first = await posted({}, message({ groupkey: "x".repeat(400) }));
  const second = await posted({}, { ...message({ groupkey: "x".repeat(400) }), _id: "later" });
  expect(first.body.dedup_key.length).toBeLessThanOrEqual(255);
  expect(second.body.dedup_key).toBe(first.body.dedup_key);
});

it.each([
  ["CRITICAL", "critical"],
  ["ERROR", "error"],
  ["WARNING", "warning"],
  ["NOTICE", "info"],
  ["INFO", "info"],
  ["DEBUG", "info"],
  ["of a plugin", "info"],
])("says %s as %s", async (severity, expected) => {
  expect((await posted({}, message({ severity }))).body.payload.severity).toBe(expected);
});

it("names the host, and keeps to the lengths of PagerDuty", async () => {
  const { summary, source } = (await posted({}, hostileMessage(5_000))).body.payload as Record<string, string>;
  expect(summary).toHaveLength(1_024);
  expect(source).toContain("<!channel> @here");
});

it("refuses what PagerDuty calls invalid", async () => {
  const body =
    '{"status":"invalid event","message":"Event object is invalid","errors":["Length of \'routing_key\' is incorrect"]}';
  const { url } = await openReceiver({ status: 400, body });
  const { fetch } = divertTo(url);
  expect(await send(pagerduty({ integrationKey }), { fetch })).toEqual({ refused: `it answered 400: ${body}` });
});

it("refuses a region that there is not", () => {
  expect(() => pagerduty({ integrationKey, region: "mars" as "eu" })).toThrow(
    expect.objectContaining({ code: "ACTION_INVALID", message: expect.stringContaining("region: ") as string }),
  );
});
