import { expect, it } from "vitest";
import { cellOf, timeOf, valueAt } from "./event-cells.ts";

const event = (source: Record<string, unknown>) => ({ _index: "events", _id: "1", _source: source });

it.each([
  [{ a: { b: 1 } }, "a.b", 1],
  [{ "a.b": 2, a: { b: 1 } }, "a.b", 2],
  [{ a: { "b.c": 3 } }, "a.b.c", 3],
  [{ "a.b": { c: 4 } }, "a.b.c", 4],
  [{ a: 1 }, "a.b", undefined],
  [{}, "__proto__.constructor", undefined],
  [{}, "toString", undefined],
])("%j at %s", (document, name, value) => expect(valueAt(document, name)).toBe(value));

it("cuts long texts, and writes out what cannot be seen", () => {
  expect(cellOf(event({ a: "x".repeat(400) }), "a")).toBe(`${"x".repeat(300)}…`);
  expect(cellOf(event({ a: "\u202egnp.exe" }), "a")).toBe("\\u202egnp.exe");
  expect(cellOf(event({}), "a")).toBe("");
});

it("knows the time of events in both shapes", () => {
  expect(timeOf(event({ utctimestamp: "1", "@timestamp": "2" }))).toBe("1");
  expect(timeOf(event({ "@timestamp": "2" }))).toBe("2");
});
