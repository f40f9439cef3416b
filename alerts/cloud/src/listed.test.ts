import { expect, test } from "vitest";
import { listed } from "./listed.ts";

const letters = "a b c d e f g h i j k".split(" ");

test("lists distinct values, and counts those beyond ten", () => {
  expect(listed(["b", "a", "b"])).toBe("b, a");
  expect(listed(letters.slice(0, 10))).toBe("a, b, c, d, e, f, g, h, i, j");
  expect(listed(letters)).toBe("a, b, c, d, e, f, g, h, i, j and 1 more");
  expect(listed([])).toBe("");
});
