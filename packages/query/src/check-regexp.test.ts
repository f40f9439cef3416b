import { describe, expect, it } from "vitest";
import { QueryError, RegexpMatch } from "./index.ts";

const refusal = (pattern: string): string => {
  try {
    RegexpMatch("hostname", pattern);
  } catch (error) {
    if (error instanceof QueryError && error.code === "QUERY_REGEXP_INVALID") return error.message;
    throw error;
  }
  throw new Error(`${pattern} was taken`);
};

describe("a regular expression", () => {
  it.each([
    "web[0-9]+",
    "(a|b)*c?",
    "a{2}b{2,}c{2,5}",
    "[^a-c\\]]",
    "[]]",
    "\\d\\W\\.\\é",
    '"a.b"(|c)',
    "<1-99>",
    "a&b@|#",
    '[~]\\~"~"',
    "()",
    "a+*?",
    "^a$",
    "😀{2}",
    "a}b]",
    "x".repeat(1_000),
  ])("is taken: %s", (pattern) => {
    expect(RegexpMatch("hostname", pattern).pattern).toBe(pattern);
  });

  it.each([
    ["(a", "')' expected at position 2"],
    ["a)", "no further ')' expected at position 1"],
    ["a|", "a character expected at position 2"],
    ["[a", "']' expected at position 2"],
    ["[", "a character expected"],
    ["[b-a]", "a range from the smaller to the larger character"],
    ["a{", "a number expected"],
    ["a{3,2}", "a repetition from the smaller to the larger number"],
    ["a{99999999999}", "a smaller number"],
    ["\\", "a character expected"],
    ["\\b", "one of \\d \\D \\s \\S \\w \\W instead of \\b expected"],
    ['"a', "a closing '\"' expected"],
    ["a~b", "\\~ (for what must not match there is mustNot) expected at position 1"],
    ["<a>", "an interval of numbers such as <1-99>"],
    ["<1-2-3>", "an interval of numbers such as <1-99>"],
    ["<1-2", "a closing '>'"],
    ["x".repeat(1_001), "at most 1,000 characters, this has 1001"],
  ])("is refused: %s", (pattern, message) => {
    expect(refusal(pattern)).toContain(message);
  });

  it("is read in one pass, however deep", () => {
    expect(refusal("(".repeat(1_000))).toContain("a character expected at position 1000");
    expect(RegexpMatch("hostname", `${"(".repeat(300)}a${")*".repeat(300)}`).kind).toBe("regexp");
    expect(RegexpMatch("hostname", "(a*)*".repeat(200)).kind).toBe("regexp");
  });
});
