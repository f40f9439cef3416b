import { describe, expect, it } from "vitest";
import { asMozdef } from "./as-mozdef.ts";
import { defineSource, ecsSource, mozdefSource } from "./define-source.ts";
import { askedField, searchedSource, timeField } from "./searched-source.ts";

const made = { defineSource, ecsSource, mozdefSource };

describe("sources", () => {
  it("have defaults, by their kind", () => {
    const indices = ["logs-*"];
    expect(defineSource({ indices })).toEqual({
      indices,
      schema: { fields: {}, time: ["@timestamp"], received: "@timestamp" },
      delayMs: 0,
      store: null,
    });
    const ecs = ecsSource({ indices, names: { category: { value: "proxy" } }, delay: { seconds: 30 } });
    expect(ecs).toMatchObject({ schema: { time: ["@timestamp"], received: "event.ingested" }, delayMs: 30_000 });
    expect(ecs.schema.names).toMatchObject({ category: { value: "proxy" }, tags: "tags" });
    expect(mozdefSource({ indices }).schema).toMatchObject({ time: ["utctimestamp", "receivedtimestamp"] });
    expect(Object.isFrozen(ecs.schema.names)).toBe(true);
  });

  it.each([
    ["ecsSource", undefined, "options"],
    ["ecsSource", {}, "indices"],
    ["ecsSource", { indices: [] }, "indices"],
    ["ecsSource", { indices: "logs-*" }, "indices"],
    ["ecsSource", { indices: ["a"], index: 1 }, "index"],
    ["ecsSource", { indices: ["a"], time: "@timestamp" }, "time"],
    ["ecsSource", { indices: ["a"], received: "a b" }, "received"],
    ["ecsSource", { indices: ["a"], fields: { a: "string" } }, "fields"],
    ["ecsSource", { indices: ["a"], names: { hostname: 1 } }, "names"],
    ["ecsSource", { indices: ["a"], names: { hostname: { field: "a", value: "b" } } }, "names"],
    ["ecsSource", { indices: ["a"], names: { hostname: { value: "b", also: ["c"] } } }, "names"],
    ["ecsSource", { indices: ["a"], names: { hostname: { field: "a", also: [] } } }, "names"],
    ["ecsSource", { indices: ["a"], names: { hostname: { field: "a", values: { b: 1 } } } }, "names"],
    ["ecsSource", { indices: ["a"], names: { "__proto__.a": "b" } }, "names"],
    ["ecsSource", { indices: ["a"], names: [] }, "names"],
    ["ecsSource", { indices: ["a"], delay: 30 }, "delay"],
    ["ecsSource", { indices: ["a"], delay: { second: 30 } }, "delay"],
    ["ecsSource", { indices: ["a"], store: "http://a" }, "store"],
    ["mozdefSource", { indices: ["a"], names: {} }, "names"],
  ] as const)("%s refuses %j, naming the key", (name, options, key) => {
    expect(() => made[name](options as never)).toThrow(
      expect.objectContaining({ code: "SOURCE_INVALID", message: expect.stringContaining(`wrong "${key}"`) }),
    );
  });
});

describe("an event in MozDef's shape", () => {
  const { schema } = ecsSource({ indices: ["a"], names: { category: { value: "proxy" }, facility: "a.b" } });

  it("has what stands for its fields, first values of lists, and nothing else", () => {
    const event = {
      "@timestamp": "2026-01-01T00:00:00Z",
      "event.original": "line",
      event: { outcome: "success" },
      tags: ["a", "b"],
      host: { hostname: "web1" },
      source: { ip: ["192.0.2.7", "192.0.2.8"], geo: { location: { lat: 1, lon: 2 } } },
      process: { name: null },
      log: { syslog: { appname: "sshd" } },
      a: { b: 1, c: 2 },
    };
    expect(asMozdef(event, schema)).toEqual({
      utctimestamp: "2026-01-01T00:00:00Z",
      summary: "line",
      category: "proxy",
      tags: ["a", "b"],
      hostname: "web1",
      facility: 1,
      details: {
        program: "sshd",
        success: true,
        sourceipaddress: "192.0.2.7",
        sourceipgeopoint: { lat: 1, lon: 2 },
        sourceipgeolocation: { latitude: 1, longitude: 2 },
      },
    });
  });

  it("leaves out values that mean nothing in MozDef's, and reaches no prototype", () => {
    expect(asMozdef({ "event.outcome": "unknown" }, schema)).toEqual({ category: "proxy" });
    const { schema: odd } = defineSource({ indices: ["a"], names: { hostname: "constructor.name" } });
    expect(asMozdef({}, odd)).toEqual({});
  });
});

describe("where a search looks", () => {
  const logs = ecsSource({ indices: ["logs-*"] });
  const far = defineSource({ indices: ["far-*"], store: { node: "http://far" } });
  const own = ["events", "events-previous"];
  const look = (looking: Parameters<typeof searchedSource>[1], source?: string) =>
    searchedSource("AlertX", looking, { sources: { logs, far }, source });

  it("is the service's own events by default, and what a pack keeps whatever it is given", () => {
    expect(look({ indices: own })).toMatchObject({ name: null, indices: own, isTranslated: false });
    expect(look({ indices: ["localities"] }, "logs")).toMatchObject({ name: null, indices: ["localities"] });
  });

  it("is the source that the alert is given, in its own names", () => {
    const given = look({ indices: ["events-weekly"] }, "logs");
    expect(given).toMatchObject({ name: "logs", indices: ["logs-*"], isTranslated: true, isElsewhere: false });
    expect([askedField(given, "hostname"), timeField(given)]).toEqual(["host.name", "utctimestamp"]);
    expect(look({ indices: own }, "far")).toMatchObject({ isTranslated: false, isElsewhere: true });
  });

  it("is the source that the search names, or a part of it, by names as they are", () => {
    const named = look({ indices: ["logs-a"], source: "logs", time: "event" });
    expect(named).toMatchObject({ indices: ["logs-a"], isTranslated: false, schema: { time: ["@timestamp"] } });
    expect([askedField(named, "host.name"), timeField(named)]).toEqual(["host.name", "@timestamp"]);
  });

  it("has to be configured", () => {
    expect(() => look({ indices: own }, "log")).toThrow(
      expect.objectContaining({ code: "ALERT_SOURCE_UNKNOWN", message: expect.stringContaining("one of logs, far") }),
    );
    expect(() => searchedSource("AlertX", { indices: own, source: "toString" })).toThrow(/under `sources`/);
  });
});
