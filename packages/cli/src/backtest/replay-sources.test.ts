import {
  type AggregatedEvents,
  aggregation,
  AlertTask,
  crontab,
  eachEvent,
  ecsSource,
  type Hit,
  textAt,
} from "@mozdef/alert";
import { createTask } from "@mozdef/alert/runtime";
import { recordFetch } from "@mozdef/alert-testing";
import { SearchQuery, TermMatch } from "@mozdef/query";
import { describe, expect, it } from "vitest";
import { OWN } from "../events/places.ts";
import type { Feed } from "./feed.ts";
import { replay, type ReplayOptions } from "./replay.ts";

/** Over MozDef's names: the configuration gives it a source. */
class AlertOfOne extends AlertTask {
  main() {
    const query = SearchQuery({ minutes: 5 }).must(TermMatch("details.program", "sshd"));
    return aggregation(query, { field: "details.sourceipaddress", threshold: 2 });
  }

  onAggregation({ value, count, events }: AggregatedEvents) {
    const [host = ""] = events.map((event) => textAt(event, "hostname"));
    return { summary: `${count} from ${value} at ${host}`, category: "ssh", tags: [] };
  }
}

/** Over ECS names, in a part of the source. */
class AlertOfPart extends AlertTask {
  main() {
    const query = SearchQuery({ minutes: 5 }).must(TermMatch("process.name" as "details.program", "sshd"));
    return eachEvent(query, { source: "logs", indices: ["logs-auth"] });
  }

  onEvent(event: Hit) {
    return { summary: `seen ${textAt(event, "host.name")}`, category: "ssh", tags: [] };
  }
}

const start = Date.UTC(2017, 0, 1, 22);
const seen = (minute: number, late = 0) => ({
  id: `${minute}`,
  source: {
    "@timestamp": new Date(start + minute * 60_000).toISOString(),
    event: { ingested: new Date(start + (minute + late) * 60_000).toISOString() },
    process: { name: "sshd" },
    source: { ip: "192.0.2.7" },
    host: { name: "web1" },
  },
});
const events = [seen(1), seen(2, 1), seen(131), seen(132)];
const logs = ecsSource({ indices: ["logs-*"] });
const whole: Feed = { place: { name: "logs", indices: logs.indices }, source: logs, events };
const part: Feed = { place: { name: "logs", indices: ["logs-auth"] }, source: logs, events: [seen(1)] };
const silent = () => undefined;
const options: ReplayOptions = {
  from: new Date(start),
  to: new Date(start + 3 * 3_600_000),
  sources: { logs },
  services: {
    log: { debug: silent, info: silent, warn: silent, error: silent },
    dns: { reverse: () => Promise.resolve(null) },
    fetch: recordFetch([]).fetch,
  },
  resumed: null,
  onDay: silent,
  onProgress: silent,
};
const schedule = crontab({ minute: "*/5" });
const ofOne = { name: "AlertOfOne", task: createTask(AlertOfOne), schedule, source: "logs" };
const ofPart = { name: "AlertOfPart", task: createTask(AlertOfPart), schedule };

describe("replay of events of sources", () => {
  it("gives an alert the events of the source it is given, in MozDef's shape, and counts each once", async () => {
    const { alerts, errors, refused } = await replay([ofOne], [whole], options);
    expect([errors, refused.count]).toEqual([[], 0]);
    expect(alerts.map(({ slot, content, group }) => [slot, content.summary, group])).toEqual([
      ["2017-01-01T22:05:00.000Z", "2 from 192.0.2.7 at web1", "source.ip 192.0.2.7"],
      ["2017-01-02T00:15:00.000Z", "2 from 192.0.2.7 at web1", "source.ip 192.0.2.7"],
    ]);
  });

  it("keeps a part of a source apart from the whole, and both from the service's own events", async () => {
    const own: Feed = { place: OWN, source: null, events };
    const { alerts, errors } = await replay([ofOne, ofPart], [whole, part, own], options);
    expect(errors).toEqual([]);
    expect(alerts.map(({ slot, content }) => [slot, content.summary])).toEqual([
      ["2017-01-01T22:05:00.000Z", "2 from 192.0.2.7 at web1"],
      ["2017-01-01T22:05:00.000Z", "seen web1"],
      ["2017-01-02T00:15:00.000Z", "2 from 192.0.2.7 at web1"],
    ]);
  });

  it("goes on from a checkpoint as if it had never stopped", async () => {
    const days: Parameters<ReplayOptions["onDay"]>[0][] = [];
    const feeds = [whole, part];
    const all = await replay([ofOne, ofPart], feeds, { ...options, onDay: (day) => days.push(structuredClone(day)) });
    expect(days).toHaveLength(1);
    expect(days[0]?.kept.filter(({ index }) => index.startsWith("source-"))).toEqual([]);
    expect(await replay([ofOne, ofPart], feeds, { ...options, resumed: { key: "", ...days[0]! } })).toEqual(all);
  });

  it("says for which source an event has no time", async () => {
    const undated = { id: "x", source: { process: { name: "sshd" } } };
    const { refused } = await replay([ofOne], [{ ...whole, events: [...events, undated] }], options);
    expect(refused).toEqual({
      count: 1,
      reason: "neither event.ingested nor @timestamp is a time, for the source logs",
    });
  });
});
