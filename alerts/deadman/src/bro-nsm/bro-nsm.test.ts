import { at, describeAlert } from "@mozdef/alert-testing/vitest";
import { createTask } from "@mozdef/alert/runtime";
import { describe, expect, test } from "vitest";
import { broNSM } from "./bro-nsm.ts";

const summaryOf = (host: string): string => `No ${host} bro healthcheck events found the past 20 minutes`;

describeAlert(broNSM, {
  event: {
    category: "bro",
    source: "notice",
    hostname: "host1",
    details: { note: "MozillaAlive::Bro_Is_Watching_You" },
  },
  alert: {
    category: "deadman",
    tags: ["bro", "bro_deadman"],
    severity: "ERROR",
    notify_mozdefbot: true,
    url: "https://www.mozilla.org",
    events: [],
  },
  fires: [
    { name: "no event at all", events: [], alert: { summary: summaryOf("host1") } },
    {
      name: "the last one is a second older than the window",
      events: at("-20m1s").once(),
      alert: { summary: summaryOf("host1") },
    },
    { name: "another host", events: [{ hostname: "host2" }], alert: { summary: summaryOf("host1") } },
    { name: "another notice", events: [{ details: { note: "Alive" } }], alert: { summary: summaryOf("host1") } },
    { name: "another category", events: [{ category: "syslog" }], alert: { summary: summaryOf("host1") } },
    { name: "another source", events: [{ source: "conn" }], alert: { summary: summaryOf("host1") } },
    {
      name: "one of two hosts",
      config: { hosts: ["host1", "sensor-ü"] },
      events: [{}],
      alert: { summary: summaryOf("sensor-ü") },
    },
    ...(
      [
        ["another notice", { details: { note: "Alive" } }],
        ["another category", { category: "syslog" }],
        ["another source", { source: "conn" }],
      ] as const
    ).map(([what, change]) => ({
      name: `the second of two hosts, ${what}`,
      config: { hosts: ["host1", "host2"] },
      events: [{}, { hostname: "host2", ...change }],
      alert: { summary: summaryOf("host2") },
    })),
    {
      name: "the second of two hosts, a second older than the window",
      config: { hosts: ["host1", "host2"] },
      events: [{}, at("-20m1s").once({ hostname: "host2" })],
      alert: { summary: summaryOf("host2") },
    },
    {
      name: "another severity and url",
      config: { severity: "CRITICAL", url: "" },
      events: [],
      alert: { summary: summaryOf("host1"), severity: "CRITICAL", url: undefined },
    },
    {
      name: "told at every run while the silence lasts",
      runs: [
        { at: "0s", alert: { summary: summaryOf("host1") } },
        { at: "5m", alert: { summary: summaryOf("host1") } },
      ],
    },
    {
      name: "told again only after the time one has set",
      config: { repeat_after_minutes: 60 },
      runs: [
        { at: "0s", alert: { summary: summaryOf("host1") } },
        { at: "5m" },
        { at: "59m" },
        { at: "60m", alert: { summary: summaryOf("host1") } },
        { at: "1h30m" },
      ],
    },
    {
      name: "each host has a time of its own",
      config: { hosts: ["host1", "host2"], repeat_after_minutes: 60 },
      runs: [
        { at: "0s", events: [{}], alert: { summary: summaryOf("host2") } },
        { at: "30m", alert: { summary: summaryOf("host1") } },
      ],
    },
  ],
  silent: [
    { name: "a health check just now", events: [{}] },
    { name: "a health check at the edge of the window", events: at("-20m").once() },
    { name: "no hosts", config: { hosts: [] }, events: [{ hostname: "other" }] },
    {
      name: "every host is heard of",
      config: { hosts: ["host1", "host2"] },
      events: [{}, at("-20m").once({ hostname: "host2" })],
    },
  ],
});

describe("broNSM configuration", () => {
  test("hosts as one text are split at commas", () => {
    expect(createTask(broNSM, { hosts: "host1, host2" }).config).toMatchObject({ hosts: ["host1", "host2"] });
  });
  test("an unknown severity is refused", () => {
    expect(() => createTask(broNSM, { severity: "FATAL" })).toThrow(/broNSM.*\n.*severity/);
  });
  test("a negative time is refused", () => {
    expect(() => createTask(broNSM, { repeat_after_minutes: -1 })).toThrow(/repeat_after_minutes/);
  });
});
