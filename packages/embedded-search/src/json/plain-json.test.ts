import { expect, it } from "vitest";
import { parseJson } from "./json.ts";
import { isPlainJson } from "./plain-json.ts";

const { rawJSON: rawJson } = JSON as unknown as { readonly rawJSON: (text: string) => unknown };

const deep = (levels: number): object => (levels === 0 ? {} : { a: deep(levels - 1) });

it.each([
  {},
  { a: "text", b: 1.5, c: -3, d: 1e21, e: true, f: null, g: [1, ["x"], {}], h: { i: "ü\ud800" } },
  JSON.parse('{"__proto__":{"a":1},"1":2,"constructor":3}') as object,
  Object.assign(Object.create(null) as object, { a: 1 }),
])("what reading its JSON gives again is plain: %j", (value) => {
  expect(isPlainJson(value)).toBe(true);
  expect(parseJson(JSON.stringify(value))).toEqual(value);
});

it.each([
  ["a value that is left out", { a: undefined }],
  ["a hole", { a: Array.from<number>({ length: 1 }) }],
  ["a function", { a: () => 1 }],
  ["no number", { a: Number.NaN }],
  ["minus nothing", { a: [-0] }],
  ["a date", { a: new Date(0) }],
  ["its own JSON", { toJSON: () => 1 }],
  ["a number with its digits", { a: rawJson("1.0") }],
  ["a map", { a: new Map() }],
  ["a boxed text", { a: Object("text") as unknown }],
  ["more levels than are looked at", deep(200)],
  ["a list", [1]],
  ["a text", "text"],
])("an object with %s is not plain", (_what, value) => {
  expect(isPlainJson(value)).toBe(false);
});
