import { expect, it } from "vitest";
import { fitBytes } from "../src/fit-bytes.ts";

it.each([
  ["four", 4, "four"],
  ["fives", 4, "f…"],
  ["語語", 6, "語語"],
  ["語語語", 8, "語…"],
  ["語語語", 6, "語…"],
  ["a\u{1F600}b\u{1F600}", 8, "a\u{1F600}…"],
  ["a\u{1F600}b\u{1F600}", 7, "a…"],
])("fits %s into %i bytes", (text, most, expected) => expect(fitBytes(text, most)).toBe(expected));
