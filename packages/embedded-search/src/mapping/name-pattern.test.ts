import { expect, it } from "vitest";
import { compileNamePattern } from "./name-pattern.ts";

it.each([
  ["^k_[0-9]+$", "k_12", true],
  ["k_\\d{2,}", "k_1", false],
  ["(?:a|b)\\.[^x]", "a.y", true],
  ["[\\w.]*", "a.b_c9", true],
  ['say "yes"', 'say "yes"', true],
  ["a@b&c<d>~#", "a@b&c<d>~#", true],
  ["a", "ab", false],
])("%s over the whole of %s", (pattern, name, expected) => {
  expect(compileNamePattern(pattern, "t")(name)).toBe(expected);
});

it("takes no longer for a pattern that goes back and forth elsewhere", () => {
  expect(compileNamePattern("(a+)+b", "t")("a".repeat(400))).toBe(false);
});

it.each(["(?=a)b", "a+?", "(a)\\1", "\\bword", "\\p{L}"])("names %s as not supported", (pattern) => {
  expect(() => compileNamePattern(pattern, "t")).toThrow("not supported");
});
