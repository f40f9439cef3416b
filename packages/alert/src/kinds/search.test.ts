import { fieldNamed, SearchQuery, TermMatch } from "@mozdef/query";
import { describe, expect, it } from "vitest";
import {
  aggregation,
  distinctOf,
  eachEvent,
  newTerm,
  noEvent,
  percentage,
  sequence,
  spike,
  step,
  sumOf,
} from "../index.ts";
import { AlertError, isSearch } from "../runtime.ts";

const query = SearchQuery().must(TermMatch("category", "x"));
const within = SearchQuery({ minutes: 5 }).must(TermMatch("category", "x"));
const usual = { baseline: { hours: 1 }, factor: 2 };
const bytes = fieldNamed("details.bytes");

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
      resolveMs: null,
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
    expect(spike(within, usual)).toMatchObject({ measure: null, atLeast: 1, direction: "up" });
    expect(spike(within, { ...usual, measure: sumOf(bytes as never), atLeast: 0.5 })).toMatchObject({
      measure: { of: "sum", field: "details.bytes" },
      atLeast: 0.5,
    });
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
    ["measure", () => spike(within, { ...usual, measure: "sum" as never })],
    ["measure", () => spike(within, { ...usual, measure: distinctOf("hostname") })],
    ["atLeast", () => spike(within, { ...usual, atLeast: 1.5 })],
    ["atLeast", () => spike(within, { ...usual, measure: sumOf(bytes as never), atLeast: 0 })],
  ])("refuse a wrong %s", (key, make) => {
    expect(make).toThrow(AlertError);
    expect(make).toThrow(`wrong "${key}"`);
  });

  const hour = { hours: 1 };
  const ending = { quietFor: hour, resolveAfter: { minutes: 5 } };
  const window = SearchQuery({ minutes: 5 }).must(TermMatch("category", "x"));

  it("say after what time an alert is over, where what they look for ends", () => {
    for (const search of [
      aggregation(query, { field: "hostname", ...ending }),
      spike(window, { baseline: hour, factor: 2, ...ending }),
      percentage(query, { of: query, atLeast: 1, ...ending }),
      noEvent(query, ending),
    ])
      expect(search).toMatchObject({ quietMs: 3_600_000, resolveMs: 300_000 });
    expect(noEvent(query, { quietFor: hour, resolveAfter: { minutes: 0 } }).resolveMs).toBe(0);
  });

  it.each<[expected: string, make: () => unknown]>([
    ["quietFor beside it", () => noEvent(query, { resolveAfter: hour })],
    ["what eachEvent finds has no end", () => eachEvent(query, ending)],
    ["what newTerm finds has no end", () => newTerm(window, { field: "hostname", history: hour, ...ending } as never)],
    [
      "what sequence finds has no end",
      () => sequence({ by: "hostname", within: hour, ...ending } as never, [step(query), step(query)]),
    ],
    [
      "an amount of time",
      () => aggregation(query, { field: "hostname", quietFor: hour, resolveAfter: { minutes: 0 } }),
    ],
    ["an amount of time", () => noEvent(query, { quietFor: hour, resolveAfter: {} })],
    ["an amount of time", () => noEvent(query, { quietFor: hour, resolveAfter: { minutes: -1 } })],
    ["an amount of time", () => noEvent(query, { quietFor: hour, resolveAfter: { min: 0 } as never })],
    ["an amount of time", () => noEvent(query, { quietFor: hour, resolveAfter: "0" as never })],
  ])("refuse a wrong resolveAfter: %s", (expected, make) => {
    expect(make).toThrow('wrong "resolveAfter"');
    expect(make).toThrow(expected);
  });

  it("are recognised by shape", () => {
    expect(isSearch(eachEvent(query))).toBe(true);
    expect(isSearch(structuredClone({ kind: "eachEvent" }))).toBe(false);
    expect(isSearch(null)).toBe(false);
  });
});
