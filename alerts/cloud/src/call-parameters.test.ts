import { describe, expect, test } from "vitest";
import { elementsOf, partOf, textsBelow } from "./call-parameters.ts";

const read = (requestparameters: unknown) =>
  partOf({ _index: "events", _id: "1", _source: { details: { requestparameters } } }, "requestparameters");

describe("partOf", () => {
  test("reads the shape of the intake: deeper parts as JSON text in their own case", () => {
    expect(read({ groupid: "sg-1", ippermissions: '{"items":[{"fromPort":22}]}' })).toEqual({
      groupid: "sg-1",
      ippermissions: { items: [{ fromport: 22 }] },
    });
  });

  test("reads the shape of MozDef's worker: all of it as JSON text, some of it twice", () => {
    expect(
      read({ name: "x", raw_value: '{"name": "x", "imageid": {"raw_value": "\\"ami-1\\""}, "layers": ["a"]}' }),
    ).toEqual({ name: "x", imageid: "ami-1", layers: ["a"] });
    expect(read({ raw_value: '{"policydocument": "{\\n \\"Statement\\": []}"}' })).toEqual({
      policydocument: { statement: [] },
    });
  });

  test.each([null, undefined, "text", { raw_value: "{no JSON" }, { raw_value: "[1]" }, ["a"]])(
    "finds nothing in %j",
    (value) => {
      expect(read(value)).toEqual({});
    },
  );

  test("keeps what is named when the text cannot be read", () => {
    expect(read({ name: "x", raw_value: "{cut" })).toEqual({ name: "x" });
  });

  test("reads no deeper than anybody nests", () => {
    let value: unknown = "end";
    for (let depth = 0; depth < 30; depth++) value = { a: value };
    expect(textsBelow(read({ top: value }), "end")).toEqual([]);
  });
});

test("elementsOf takes lists, those of EC2 and single values", () => {
  expect(elementsOf(["a", "b"])).toEqual(["a", "b"]);
  expect(elementsOf({ items: [{ userid: "1" }] })).toEqual([{ userid: "1" }]);
  expect(elementsOf("a")).toEqual(["a"]);
  expect(elementsOf(undefined)).toEqual([]);
  expect(elementsOf(null)).toEqual([]);
});

test("textsBelow finds values at any depth", () => {
  const value = { a: { instanceid: "i-1" }, b: [{ instanceid: ["i-2", 3, null] }], instanceids: "i-4" };
  expect(textsBelow(value, "instanceid")).toEqual(["i-1", "i-2", "3"]);
  expect(textsBelow(value, "instanceid", "instanceids")).toEqual(["i-1", "i-2", "3", "i-4"]);
  expect(textsBelow({ a: { b: { c: true } } }, "a")).toEqual(["true"]);
  expect(textsBelow("text", "a")).toEqual([]);
});
