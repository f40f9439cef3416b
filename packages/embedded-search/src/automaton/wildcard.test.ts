import { describe, expect, it } from "vitest";
import { lowerCase } from "../analysis/lower-case.ts";
import { compileLiteral, compilePrefix, compileWildcard, normalizeWildcard } from "./wildcard.ts";

describe("compileWildcard", () => {
  it.each([
    ["te*", ["te", "test"], ["ate", "t"]],
    ["*te*", ["abcteabc", "te"], ["t-e"]],
    ["a?c", ["abc", "a😀c"], ["ac", "abbc"]],
    ["a\\*b", ["a*b"], ["axb"]],
    ["a\\", ["a\\"], ["a"]],
    ["*", ["", "x"], []],
    ["", [], ["", "x"]],
  ])("%j", (pattern, matching, others) => {
    const matcher = compileWildcard(pattern);
    expect(matching.filter((text) => !matcher.matches(text))).toEqual([]);
    expect(others.filter((text) => matcher.matches(text))).toEqual([]);
  });

  it("ignores the case of ASCII letters alone, and not of escaped ones", () => {
    const matcher = compileWildcard("a*\\Zé", { caseInsensitive: true });
    expect(["AxZé", "axZé", "AxzÉ", "AxZÉ"].map((text) => matcher.matches(text))).toEqual([true, true, false, false]);
  });

  it("refuses patterns that would take too much work", () => {
    expect(() => compileWildcard("*a??????????????????")).toThrow(/Determinizing automaton with 20 states/);
  });

  it("knows the text every match starts with", () => {
    expect(compileWildcard("ab\\*c*d").prefix).toBe("ab*c");
    expect(compileWildcard("?b").prefix).toBe("");
  });
});

describe("normalizeWildcard", () => {
  it("changes literal text only and drops escapes that protect nothing", () => {
    expect(normalizeWildcard("A\\*B*\\C?D\\", lowerCase)).toBe("a\\*b*c?d\\\\");
  });
});

describe("compilePrefix and compileLiteral", () => {
  it("match starts and whole terms", () => {
    expect(compilePrefix("a*", {}).matches("a*b")).toBe(true);
    expect(compilePrefix("ab", { caseInsensitive: true }).matches("ABc")).toBe(true);
    expect(compileLiteral("ab", { caseInsensitive: true }).matches("aB")).toBe(true);
    expect(compileLiteral("ab", {}).matches("aB")).toBe(false);
  });
});
