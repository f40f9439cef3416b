import {
  type AggregatedEvents,
  aggregation,
  AlertTask,
  crontab,
  defineSource,
  eachEvent,
  newTerm,
  noEvent,
  percentage,
  type Search,
  sequence,
  type SilentSearch,
  spike,
  step,
} from "@mozdef/alert";
import { createTask } from "@mozdef/alert/runtime";
import { recordFetch } from "@mozdef/alert-testing";
import { fieldNamed, SearchQuery, TermMatch } from "@mozdef/query";
import { describe, expect, it } from "vitest";
import { OWN } from "../events/places.ts";
import type { StoredEvent } from "../events/read-events.ts";
import type { Feed } from "./feed.ts";
import { lookbackMs } from "./lookback.ts";
import { replay, type ReplayOptions } from "./replay.ts";

const DAY = 86_400_000;
const start = Date.UTC(2017, 0, 10);

const logins = SearchQuery({ minutes: 10 }).must(TermMatch("category", "login"));
const failures = SearchQuery({ minutes: 10 }).must(TermMatch("category", "failed"));

/** An alert that makes one search, and says of each find what it is. */
const alertOf = (name: string, search: Search) => {
  const Task = {
    [name]: class extends AlertTask {
      main() {
        return search;
      }

      onEvent() {
        return { summary: "seen", category: "x", tags: [] };
      }

      onAggregation({ value, count, baseline }: AggregatedEvents) {
        return { summary: `${value}: ${count} after ${baseline}`, category: "x", tags: [] };
      }

      onNoEvent({ value }: SilentSearch) {
        return { summary: `${value} is silent`, category: "x", tags: [] };
      }
    },
  }[name]!;
  return { name, task: createTask(Task), schedule: crontab({ minute: "*/5" }) };
};

/** Of so many milliseconds from the start of the replayed time. */
const event = (ms: number, user: string, category = "login"): StoredEvent => ({
  id: `${category}${user}${ms}`,
  source: {
    category,
    utctimestamp: new Date(start + ms).toISOString(),
    receivedtimestamp: new Date(start + ms).toISOString(),
    details: { user },
  },
});

const MINUTE = 60_000;
const silent = () => undefined;
const options: ReplayOptions = {
  from: new Date(start),
  to: new Date(start + 3_600_000),
  services: {
    log: { debug: silent, info: silent, warn: silent, error: silent },
    dns: { reverse: () => Promise.resolve(null) },
    fetch: recordFetch([]).fetch,
  },
  resumed: null,
  onDay: silent,
  onProgress: silent,
};

const found = async (search: Search, events: readonly StoredEvent[], more: Partial<ReplayOptions> = {}) => {
  const feeds: readonly Feed[] = [{ place: OWN, source: null, events }];
  const { alerts, errors } = await replay([alertOf("AlertOfKind", search)], feeds, { ...options, ...more });
  expect(errors).toEqual([]);
  return alerts.map(({ slot, content }) => `${slot.slice(11, 16)} ${String(content.summary)}`);
};

describe("replay of each kind of search", () => {
  it("knows the values of the history before the replayed time, and has learned from it", async () => {
    const search = newTerm(logins, { field: "details.user", history: { days: 14 }, learn: { days: 5 } });
    const old = [event(-9 * DAY, "bob"), event(-6 * DAY, "eve")];
    const events = [
      event(2 * MINUTE, "bob"),
      event(3 * MINUTE, "eve"),
      event(4 * MINUTE, "ann"),
      event(8 * MINUTE, "ann"),
    ];
    expect(await found(search, [...old, ...events])).toEqual(["00:05 ann: 1 after 0"]);
    // Without the days before, there is nothing to learn from.
    expect(await found(search, events)).toEqual([]);
  });

  it("has the baseline before the replayed time", async () => {
    const search = spike(logins, { field: "details.user", baseline: { hours: 1 }, factor: 3, atLeast: 4 });
    const now = [1, 2, 3, 4].map((minute) => event(minute * MINUTE, "bob"));
    const before = Array.from({ length: 12 }, (_, index) => event(-(index + 11) * MINUTE, "bob"));
    expect(await found(search, now)).toEqual(["00:05 bob: 4 after 0"]);
    expect(await found(search, [...before, ...now])).toEqual([]);
  });

  it("finds a sequence that began before the replayed time, once", async () => {
    const search = sequence({ by: "details.user", within: { minutes: 10 } }, [
      step(SearchQuery().must(TermMatch("category", "failed"))),
      step(SearchQuery().must(TermMatch("category", "login"))),
    ]);
    const events = [event(-3 * MINUTE, "bob", "failed"), event(4 * MINUTE, "bob"), event(6 * MINUTE, "bob")];
    expect(await found(search, events)).toEqual(["00:05 bob: 2 after 0"]);
  });

  it("compares with the events that are 100 %", async () => {
    const search = percentage(failures, {
      of: SearchQuery({ minutes: 10 }).must(TermMatch("details.user", "bob")),
      atLeast: 50,
      minimum: 4,
    });
    const events = [1, 2].flatMap((minute) => [event(minute * MINUTE, "bob", "failed"), event(minute * MINUTE, "bob")]);
    expect(await found(search, events)).toEqual(["00:05 : 2 after 4"]);
  });

  it("knows who was seen before the replayed time", async () => {
    const search = noEvent(logins, { each: "details.user", seenWithin: { days: 3 }, quietFor: { hours: 2 } });
    const events = [
      event(-2 * DAY, "bob"),
      event(-4 * DAY, "old"),
      ...[1, 9, 18, 27, 36, 45, 54].map((minute) => event(minute * MINUTE, "eve")),
    ];
    const to = new Date(start + 30 * MINUTE);
    expect(await found(search, events, { to })).toEqual(["00:00 bob is silent"]);
  });

  it("makes groups by code, and goes on from a checkpoint", async () => {
    const search = aggregation(logins, { groupBy: () => "all", threshold: 2 });
    const events = [
      event(-2 * MINUTE, "bob"),
      event(-1 * MINUTE, "eve"),
      event(2 * MINUTE, "bob"),
      event(3 * MINUTE, "eve"),
    ];
    const days: Parameters<ReplayOptions["onDay"]>[0][] = [];
    const from = new Date(start - 3_600_000);
    const whole = await found(search, events, { from, onDay: (day) => days.push(structuredClone(day)) });
    expect(whole).toEqual(["00:00 all: 2 after 0", "00:05 all: 2 after 0"]);
    expect(days).toHaveLength(1);
    expect(await found(search, events, { from, resumed: { key: "", ...days[0]! } })).toEqual(whole);
  });

  it("finds the events of a step in another part of the source", async () => {
    const logs = defineSource({ indices: ["logs-*"] });
    const query = SearchQuery().must(TermMatch("category", "login"));
    const search = sequence({ within: { minutes: 10 }, source: "logs" }, [
      step(query),
      step(query, { indices: ["logs-b"] }),
    ]);
    const at = (minute: number) => ({
      id: `${minute}`,
      source: { "@timestamp": new Date(start + minute * MINUTE).toISOString(), category: "login" },
    });
    const feed = (indices: readonly string[], minute: number): Feed => ({
      place: { name: "logs", indices },
      source: logs,
      events: [at(minute)],
    });
    const feeds = [feed(["logs-*"], 1), feed(["logs-b"], 2)];
    const { alerts, errors } = await replay([alertOf("AlertOfKind", search)], feeds, { ...options, sources: { logs } });
    expect(errors).toEqual([]);
    expect(alerts).toHaveLength(1);
  });
});

describe("how far back a search looks", () => {
  it.each<[string, Search, number]>([
    ["its window", eachEvent(logins), 10],
    ["eight days without a window", eachEvent(SearchQuery()), 8 * 24 * 60],
    ["its history", newTerm(logins, { field: "hostname", history: { days: 14 } }), 14 * 24 * 60 + 10],
    ["its baseline", spike(logins, { baseline: { hours: 1 }, factor: 2 }), 70],
    ["when values were seen", noEvent(logins, { each: fieldNamed("hostname"), seenWithin: { days: 7 } }), 7 * 24 * 60],
    ["the time of a sequence", sequence({ within: { minutes: 20 } }, [step(SearchQuery()), step(SearchQuery())]), 40],
    ["the longer of two windows", percentage(logins, { of: SearchQuery({ hours: 1 }), atLeast: 5 }), 60],
  ])("%s", (_, search, minutes) => {
    expect(lookbackMs(search)).toBe(minutes * MINUTE);
  });
});
