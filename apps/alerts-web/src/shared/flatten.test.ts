import { expect, it } from "vitest";
import { flatten } from "./flatten.ts";

it("names nested fields by dots, in the order of the document", () => {
  expect(flatten({ b: 1, a: { z: "x", y: { w: [1, "two"] } } })).toEqual([
    { name: "b", value: "1" },
    { name: "a.z", value: "x" },
    { name: "a.y.w", value: "1, two" },
  ]);
});

it("keeps what is empty visible", () => {
  expect(flatten({ none: null, object: {}, list: [] })).toEqual([
    { name: "none", value: "" },
    { name: "object", value: "{}" },
    { name: "list", value: "" },
  ]);
});

it("stops at eight levels", () => {
  const deep = JSON.parse(`${'{"a":'.repeat(50)}1${"}".repeat(50)}`) as unknown;
  const lines = flatten(deep);
  expect(lines).toHaveLength(1);
  expect(lines[0]?.name).toBe(Array(9).fill("a").join("."));
});

it("treats __proto__ as any other key", () => {
  expect(flatten(JSON.parse('{"__proto__":{"a":1}}'))).toEqual([{ name: "__proto__.a", value: "1" }]);
});

it.each([null, undefined, "text", 1, ["a"]])("has no lines for %j", (value) => expect(flatten(value)).toEqual([]));
