import { expect, it } from "vitest";
import { defaultColumns, fieldsOf, parseColumns } from "./event-columns.ts";

const event = (source: Record<string, unknown>) => ({ _index: "events", _id: "1", _source: source });

it("begins with the host, the fields that differ most, and the summary", () => {
  const events = ["a", "b", "c", "d"].map((user, place) =>
    event({
      ...{ utctimestamp: `2026-01-01T00:00:0${place}+00:00`, receivedtimestamp: String(place), mozdefhostname: user },
      ...{ hostname: "web1", summary: `login of ${user}`, category: "login" },
      details: {
        program: place < 2 ? "sshd" : "su",
        username: user,
        note: `${user}${"x".repeat(90)}`,
        port: place % 3,
      },
    }),
  );
  expect(defaultColumns(events)).toEqual([
    "hostname",
    "details.username",
    "details.port",
    "details.program",
    "summary",
  ]);
});

it("has other names for events of the Elastic Common Schema", () => {
  const events = [event({ "@timestamp": "2026-01-01T00:00:00Z", host: { name: "web1" }, message: "x" })];
  expect(defaultColumns(events)).toEqual(["host.name", "message"]);
  expect(defaultColumns([])).toEqual([]);
});

it("lists each field once, in order of appearance", () => {
  expect(fieldsOf([event({ b: 1, a: { c: 2 } }), event({ a: { c: 3, d: 4 } })])).toEqual(["b", "a.c", "a.d"]);
});

it.each([
  ['["a","b","a"]', ["a", "b"]],
  ["[]", []],
  ['["a",7,null,""]', ["a"]],
  [JSON.stringify(["x".repeat(501), "a"]), ["a"]],
  ['{"a":1}', undefined],
  ["nonsense", undefined],
  [null, undefined],
])("reads %s as %j", (kept, columns) => expect(parseColumns(kept)).toEqual(columns));

it("keeps a dozen columns at most", () => {
  expect(parseColumns(JSON.stringify(Array.from({ length: 20 }, (_, place) => `f${place}`)))).toHaveLength(12);
});
