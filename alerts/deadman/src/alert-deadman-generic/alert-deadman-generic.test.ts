import { at, describeAlert } from "@mozdef/alert-testing/vitest";
import { createTask } from "@mozdef/alert/runtime";
import { describe, expect, test } from "vitest";
import { AlertDeadmanGeneric } from "./alert-deadman-generic.ts";

const first = {
  summary: "Deadman check failed for 'Sample Alert 1' the past 5 minutes",
  tags: ["deadman", "generic_deadman"],
};
const second = {
  summary: "Deadman check failed for 'Sample Alert 2' the past 20 hours",
  tags: ["deadman", "someothertag"],
};
const check = (time_window: number, time_window_type: "weeks" | "days" | "hours" | "minutes" | "seconds") => ({
  alerts: [{ description: "Backup", search_query: "summary: backup", time_window, time_window_type, tags: [] }],
});
const backup = (span: string) => ({
  summary: `Deadman check failed for 'Backup' the past ${span}`,
  tags: ["deadman"],
});

describeAlert(AlertDeadmanGeneric, {
  alert: { category: "deadman", severity: "ERROR", notify_mozdefbot: true, events: [] },
  fires: [
    { name: "nothing at all", events: [], alerts: [first, second] },
    { name: "only the second is heard of", events: [{ summary: "anotherterm" }], alert: first },
    { name: "only the first is heard of", events: [{ summary: "ABC12345436" }], alert: second },
    {
      name: "both a second too old",
      events: [at("-5m1s").once({ summary: "ABC12345436" }), at("-20h1s").once({ summary: "anotherterm" })],
      alerts: [first, second],
    },
    ...(
      [
        [2, "seconds", "-3s"],
        [3, "minutes", "-181s"],
        [4, "hours", "-4h1s"],
        [1, "days", "-1d1s"],
        [1, "weeks", "-7d1s"],
      ] as const
    ).map(([time, unit, offset]) => ({
      name: `${time} ${unit}, a second too old`,
      config: check(time, unit),
      events: at(offset).once({ summary: "backup done" }),
      alert: backup(`${time} ${unit}`),
    })),
    {
      name: "another severity",
      config: { ...check(5, "minutes"), severity: "INFO" },
      events: [],
      alert: { ...backup("5 minutes"), severity: "INFO", notify_mozdefbot: false },
    },
    {
      name: "told again only after the time one has set",
      config: { ...check(5, "minutes"), repeat_after_minutes: 30 },
      runs: [{ at: "0s", alert: backup("5 minutes") }, { at: "29m" }, { at: "30m", alert: backup("5 minutes") }],
    },
  ],
  silent: [
    {
      name: "both are heard of at the edges of their windows",
      events: [at("-5m").once({ summary: "ABC12345436" }), at("-20h").once({ summary: "anotherterm" })],
    },
    {
      name: "an event of six days ago, in the index of that day",
      config: check(1, "weeks"),
      setup: async (site) => {
        const stamp = "2016-12-26T01:00:00+00:00";
        const index = "events-20161226";
        await site.saveDocument(index, { summary: "backup done", utctimestamp: stamp, receivedtimestamp: stamp });
        await site.client.indices.updateAliases({ actions: [{ add: { index, alias: "events-weekly" } }] });
      },
    },
    {
      name: "the second of two checks, in the index of six days ago",
      config: { alerts: [...check(5, "minutes").alerts, { ...check(1, "weeks").alerts[0]!, search_query: "weekly" }] },
      events: [{ summary: "backup" }],
      setup: async (site) => {
        const stamp = "2016-12-26T01:00:00+00:00";
        const index = "events-20161226";
        await site.saveDocument(index, { summary: "weekly", utctimestamp: stamp, receivedtimestamp: stamp });
        await site.client.indices.updateAliases({ actions: [{ add: { index, alias: "events-weekly" } }] });
      },
    },
    { name: "no checks", config: { alerts: [] }, events: [{}] },
    { name: "the value of any field", config: check(5, "minutes"), events: [{ summary: "the BACKUP is done" }] },
  ],
});

describe("AlertDeadmanGeneric configuration", () => {
  const entry = { description: "x", search_query: "x", time_window: "5", time_window_type: "minutes" };
  const taken = (change: object) => () => createTask(AlertDeadmanGeneric, { alerts: [{ ...entry, ...change }] });
  test("the window may be a text, as MozDef's file has it, and tags may be left out", () => {
    expect(taken({})().config).toMatchObject({ alerts: [{ time_window: 5, tags: [] }] });
  });
  test("a wrong value is refused, naming its place", () => {
    expect(taken({ time_window: "0" })).toThrow(/alerts\.0\.time_window/);
    expect(taken({ time_window_type: "months" })).toThrow(/alerts\.0\.time_window_type/);
    expect(taken({ search_query: " " })).toThrow(/alerts\.0\.search_query/);
    expect(taken({ query: "x" })).toThrow(/alerts\.0/);
  });
});
