import { AlertTask, crontab } from "@mozdef/alert";
import { createTask } from "@mozdef/alert/runtime";
import { recordFetch } from "@mozdef/alert-testing";
import { describe, expect, it } from "vitest";
import { AlertCounting } from "../../test/fixtures/resumed/src/alert-counting.ts";
import { OWN } from "../events/places.ts";
import type { StoredEvent } from "../events/read-events.ts";
import type { Checkpoint } from "./checkpoint.ts";
import type { Feed } from "./feed.ts";
import { replay, type ReplayOptions } from "./replay.ts";

const start = Date.UTC(2017, 0, 1, 22);
const event = (minute: number, user: string, late = 0) => ({
  id: `${user}${minute}`,
  source: {
    category: "login",
    utctimestamp: new Date(start + minute * 60_000).toISOString(),
    receivedtimestamp: new Date(start + (minute + late) * 60_000).toISOString(),
    details: { user },
    alert_names: ["AlertCounting"],
  },
});
const events = [
  event(0, "a"),
  event(1, "a"),
  event(110, "b"),
  event(130, "b"),
  event(131, "a"),
  event(132, "a"),
  event(133, "a"),
  event(10, "c"),
  event(11, "c", 60),
];
const fed = (some: readonly StoredEvent[]): readonly Feed[] => [{ place: OWN, source: null, events: some }];
const feeds = fed(events);
const silent = () => undefined;
const options: ReplayOptions = {
  from: new Date(start),
  to: new Date(start + 4 * 3_600_000),
  services: {
    log: { debug: silent, info: silent, warn: silent, error: silent },
    dns: { reverse: () => Promise.resolve(null) },
    fetch: recordFetch([]).fetch,
  },
  resumed: null,
  onDay: silent,
  onProgress: silent,
};
const entries = () => [
  { name: "AlertCounting", task: createTask(AlertCounting), schedule: crontab({ minute: "*/5" }) },
];

class AlertBroken extends AlertTask {
  main(): never {
    throw new Error("no configuration");
  }
}
const broken = { name: "AlertBroken", task: createTask(AlertBroken), schedule: crontab({ minute: 0 }) };

describe("replay", () => {
  it("runs at every slot, sees events from when they were received, over midnight, without their old marks", async () => {
    const { alerts, slots, errors } = await replay(entries(), feeds, options);
    expect([slots, errors]).toEqual([49, []]);
    expect(alerts.map(({ slot, content, group }) => [slot, content.summary, group])).toEqual([
      ["2017-01-01T22:05:00.000Z", "a for the 1. time: 2", "details.user a"],
      ["2017-01-01T23:15:00.000Z", "c for the 1. time: 2", "details.user c"],
      ["2017-01-02T00:10:00.000Z", "b for the 1. time: 2", "details.user b"],
      ["2017-01-02T00:15:00.000Z", "a for the 2. time: 3", "details.user a"],
    ]);
  });

  it("goes on from a checkpoint as if it had never stopped", async () => {
    const days: Omit<Checkpoint, "key">[] = [];
    const all = [...entries(), broken];
    const whole = await replay(all, feeds, { ...options, onDay: (day) => days.push(structuredClone(day)) });
    expect(days.map(({ slot }) => slot)).toEqual(["2017-01-01T23:55:00.000Z"]);
    expect(days[0]?.errors).toHaveLength(2);
    const slots: string[] = [];
    const onProgress = (_: number, slot: Date): void => void slots.push(slot.toISOString());
    const resumed = await replay(all, feeds, { ...options, onProgress, resumed: { key: "", ...days[0]! } });
    expect(resumed).toEqual(whole);
    expect([slots.length, slots[0]]).toEqual([25, "2017-01-02T00:00:00.000Z"]);
  });

  it("counts the events that no alert could see", async () => {
    const undated = { id: "undated", source: { category: "login", details: { user: "a" } } };
    const { source } = events[0]!;
    const wrong = { id: "x".repeat(600), source };
    const whole = await replay(entries(), feeds, options);
    const { alerts, refused } = await replay(entries(), fed([...events, wrong, undated, wrong]), options);
    expect(whole.refused).toEqual({ count: 0, reason: null });
    expect(alerts).toEqual(whole.alerts);
    expect(refused).toEqual({ count: 3, reason: "neither receivedtimestamp nor utctimestamp is a time" });
    expect((await replay(entries(), fed([wrong, ...events]), options)).refused).toEqual({
      count: 1,
      reason: expect.stringContaining("is too long"),
    });
  });

  it("reports runs that fail and goes on", async () => {
    const { alerts, errors } = await replay([...entries(), broken], feeds, options);
    expect(alerts).toHaveLength(4);
    expect(errors).toHaveLength(5);
    expect(errors[0]).toEqual({
      name: "AlertBroken",
      slot: "2017-01-01T22:00:00.000Z",
      message: "AlertBroken.main failed: no configuration",
    });
  });
});
