import { expect, test } from "vitest";
import { parseJson } from "../json/json.ts";
import { mergeSource } from "./merge-source.ts";

const merged = (current: string, update: string): string =>
  JSON.stringify(mergeSource(parseJson(current) as never, parseJson(update) as never));

test("objects are merged, lists and everything else replaced, and keys keep their place", () => {
  expect(merged('{"a":{"b":1,"c":[1,2]},"d":1}', '{"e":2,"a":{"c":[3],"f":null}}')).toBe(
    '{"a":{"b":1,"c":[3],"f":null},"d":1,"e":2}',
  );
});

test("new keys come in the order of Java's hash tables, whatever they are in", () => {
  expect(
    merged('{"n":8,"o":{"z":0}}', '{"n":9,"k1":1,"l1":2,"f1":3,"o":{"n":1,"zeta":2,"k1":3},"a":[{"n":1,"k1":2}]}'),
  ).toBe('{"n":9,"o":{"z":0,"zeta":2,"k1":3,"n":1},"a":[{"k1":2,"n":1}],"l1":2,"k1":1,"f1":3}');
});

test("keys that objects of JavaScript have by themselves are keys like all others", () => {
  expect(merged('{"a":1}', '{"__proto__":{"x":1},"constructor":2}')).toBe(
    '{"a":1,"__proto__":{"x":1},"constructor":2}',
  );
  expect(merged('{"__proto__":{"x":1}}', '{"__proto__":{"y":2}}')).toBe('{"__proto__":{"x":1,"y":2}}');
  expect(({} as { x?: number }).x).toBeUndefined();
});
