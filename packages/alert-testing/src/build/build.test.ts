import { describe, expect, it } from "vitest";
import { randomAddress } from "./addresses.ts";
import { buildEvent } from "./default-event.ts";
import { flatten } from "./event-input.ts";
import { merge } from "./merge.ts";
import type * as moments from "./moments.ts";
import { ago, Moment, resolveMoments } from "./moments.ts";
import { offsetMs } from "./offsets.ts";
import { repeat } from "./repeat.ts";
import { at } from "./time-line.ts";

const clock = { start: new Date("2017-01-01T01:00:00Z"), now: new Date("2017-01-01T01:02:00Z") };

describe("merge", () => {
  it("merges objects deeply and replaces lists and single values", () => {
    const base = { a: { b: 1, c: [1, 2] }, d: "x" };
    expect(merge(base, { a: { c: [3] }, d: null })).toEqual({ a: { b: 1, c: [3] }, d: null });
  });

  it("takes a key out for undefined, at any depth", () => {
    expect(merge({ a: { b: 1, c: 2 } }, { a: { b: undefined }, e: { f: undefined } })).toEqual({ a: { c: 2 }, e: {} });
  });

  it("keeps a key named __proto__ as data", () => {
    const merged = merge({}, JSON.parse('{"__proto__":{"polluted":true}}'));
    expect(Object.keys(merged as object)).toEqual(["__proto__"]);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe("repeat", () => {
  it("gives the position to a function", () => {
    expect(repeat(2, (i) => ({ hostname: `web${i}` }))).toEqual([{ hostname: "web0" }, { hostname: "web1" }]);
  });

  it("refuses a count below one", () => {
    expect(() => repeat(0)).toThrow("repeat needs a whole number from 1. Received: 0.");
  });

  it("mixes with single events in one list", () => {
    expect(flatten([repeat(2, { a: 1 }), { b: 2 }])).toEqual([{ a: 1 }, { a: 1 }, { b: 2 }]);
  });
});

describe("times", () => {
  it("reads spans in words", () => {
    expect(["0s", "90s", "1h30m", "-2m", "500ms"].map(offsetMs)).toEqual([0, 90_000, 5_400_000, -120_000, 500]);
  });

  it("refuses what is not a span", () => {
    expect(() => offsetMs("2 minutes")).toThrow(
      'Expected a span of time such as "0s", "90s", "1h30m" or "-2m" (units ms, s, m, h, d). Received: "2 minutes".',
    );
  });

  it("counts ago from the run, time lines from the suite's now", () => {
    const [event] = at("30s").once();
    expect(resolveMoments({ old: ago({ minutes: 3 }), ...event }, clock)).toEqual({
      old: "2017-01-01T00:59:00+00:00",
      utctimestamp: "2017-01-01T01:00:30+00:00",
      receivedtimestamp: "2017-01-01T01:00:30+00:00",
      timestamp: "2017-01-01T01:00:30+00:00",
    });
  });

  it("spaces the events of a time line", () => {
    const events = at("-20s").every("10s", 3, (i) => ({ hostname: `web${i}` }));
    expect(events.map((event) => resolveMoments([event.hostname, event.utctimestamp], clock))).toEqual([
      ["web0", "2017-01-01T00:59:40+00:00"],
      ["web1", "2017-01-01T00:59:50+00:00"],
      ["web2", "2017-01-01T01:00:00+00:00"],
    ]);
  });

  it("refuses a time line without events", () => {
    expect(() => at("0s").every("1s", 0)).toThrow("at(...).every(step, count) needs a whole number from 1 as count.");
  });
});

describe("the default event", () => {
  it("is MozDef's, at the time of the run, under what the case says", () => {
    expect(buildEvent([{ summary: "s", details: { program: "sshd" } }, { tags: ["t"] }], clock, "seed")).toEqual({
      category: "excategory",
      utctimestamp: "2017-01-01T01:02:00+00:00",
      receivedtimestamp: "2017-01-01T01:02:00+00:00",
      mozdefhostname: "mozdefhost",
      hostname: "exhostname",
      severity: "NOTICE",
      source: "exsource",
      summary: "s",
      tags: ["t"],
      details: { sourceipaddress: randomAddress("seed"), hostname: "exhostname", program: "sshd" },
    });
  });

  it("has an address that is public, repeatable and different for each seed", () => {
    const addresses = Array.from({ length: 1_000 }, (_, seed) => randomAddress(seed));
    expect(new Set(addresses).size).toBe(1_000);
    expect(randomAddress(7)).toBe(addresses[7]);
    expect(
      addresses.every((address) => Number(address.split(".")[0]) >= 20 && Number(address.split(".")[0]) < 100),
    ).toBe(true);
  });
});

describe("moments of another copy of this package", () => {
  it("are moments all the same", async () => {
    const copy = "./moments.ts?copy";
    const other = (await import(copy)) as typeof moments;
    expect(other.Moment).not.toBe(Moment);
    expect(resolveMoments(other.ago({ minutes: 1 }), clock)).toBe("2017-01-01T01:01:00+00:00");
  });
});
