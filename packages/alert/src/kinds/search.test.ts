import { SearchQuery, TermMatch } from "@mozdef/query";
import { describe, expect, it } from "vitest";
import { aggregation, eachEvent, noEvent } from "../index.ts";
import { AlertError, isSearch } from "../runtime.ts";

const query = SearchQuery().must(TermMatch("category", "x"));

describe("searches", () => {
  it("have MozDef's defaults", () => {
    expect(eachEvent(query)).toEqual({
      kind: "eachEvent",
      query,
      indices: ["events", "events-previous"],
      source: null,
      time: "any",
      name: null,
      data: undefined,
      quietMs: null,
      further: [],
      covers: "group",
    });
    expect(aggregation(query, { field: "hostname" })).toMatchObject({ threshold: 1, samplesLimit: 5 });
    expect(noEvent(query, { indices: ["events-weekly"], name: "N", data: 1 })).toMatchObject({
      indices: ["events-weekly"],
      name: "N",
      data: 1,
    });
    expect(eachEvent(query, { quietFor: { hours: 1 } })).toMatchObject({ quietMs: 3_600_000 });
  });

  it.each([
    ["query", () => eachEvent({} as never)],
    ["indices", () => eachEvent(query, { indices: [] })],
    ["indices", () => noEvent(query, { indices: [""] })],
    ["source", () => eachEvent(query, { source: "" })],
    ["time", () => eachEvent(query, { time: "received" as never })],
    ["name", () => eachEvent(query, { name: " " })],
    ["quietFor", () => eachEvent(query, { quietFor: {} })],
    ["quietFor", () => noEvent(query, { quietFor: { hours: -1 } })],
    ["quietFor", () => noEvent(query, { quietFor: "1h" as never })],
    ["field", () => aggregation(query, {})],
    ["threshold", () => aggregation(query, { field: "hostname", threshold: 0 })],
    ["threshold", () => aggregation(query, { field: "hostname", threshold: 1.5 })],
    ["samplesLimit", () => aggregation(query, { field: "hostname", samplesLimit: -1 })],
    ["treshold", () => aggregation(query, { field: "hostname", treshold: 5 } as never)],
    ["threshold", () => eachEvent(query, { threshold: 5 } as never)],
  ])("refuse a wrong %s", (key, make) => {
    expect(make).toThrow(AlertError);
    expect(make).toThrow(`wrong "${key}"`);
  });

  it("are recognised by shape", () => {
    expect(isSearch(eachEvent(query))).toBe(true);
    expect(isSearch(structuredClone({ kind: "eachEvent" }))).toBe(false);
    expect(isSearch(null)).toBe(false);
  });
});
