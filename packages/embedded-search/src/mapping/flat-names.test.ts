import { expect, it } from "vitest";
import { type FlatNames, flatNames } from "./flat-names.ts";
import { parseMapping } from "./parse-mapping.ts";

const namesOf = (...names: readonly string[]): FlatNames => {
  const properties = Object.fromEntries(names.map((name) => [name, { type: "keyword" }]));
  return flatNames(parseMapping({ subobjects: false, properties }).root);
};

it("finds a field by the keys that lead to it, also below another one", () => {
  const names = namesOf("a", "a.b", "c.d.e");
  expect([...names.leaves.keys()]).toEqual(["a"]);
  expect(names.below.get("a")?.leaves.get("b")?.name).toBe("a.b");
  expect(names.below.get("c")?.below.get("d")?.leaves.get("e")?.name).toBe("c.d.e");
  expect(names.below.get("c")?.below.get("d")?.prefix).toBe("c.d.");
});

it("knows no keys that have dots themselves", () => {
  const names = namesOf("c.d.e");
  expect(names.leaves.get("c.d.e")).toBeUndefined();
  expect(names.below.get("c.d")).toBeUndefined();
});
