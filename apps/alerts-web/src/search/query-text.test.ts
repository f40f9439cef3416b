import { describe, expect, it } from "vitest";
import { clauseOf, completed, narrowed, tokenAt } from "./query-text.ts";

it.each([
  ["details.user", "ann", 'details.user:"ann"'],
  ["details.user", 'a"b\\', 'details.user:"a\\"b\\\\"'],
  ["port", 22, 'port:"22"'],
  ["tags", ["a", "b"], 'tags:"a" AND tags:"b"'],
  ["odd name:(", "x", 'odd\\ name\\:\\(:"x"'],
  ["flag", true, 'flag:"true"'],
])("%s is %j: %s", (field, value, clause) => expect(clauseOf(field, value)).toBe(clause));

describe("narrowed", () => {
  it.each([
    ["", 'a:"b"'],
    ["category:login", 'category:login AND a:"b"'],
    ['x:"y z" AND NOT c:"d"', 'x:"y z" AND NOT c:"d" AND a:"b"'],
    ["login failed", '(login failed) AND a:"b"'],
    ["a:1 OR b:2", '(a:1 OR b:2) AND a:"b"'],
    ["(a:1 OR b:2)", '(a:1 OR b:2) AND a:"b"'],
    ["(a:1) OR (b:2)", '((a:1) OR (b:2)) AND a:"b"'],
  ])("%s", (text, result) => expect(narrowed(text, 'a:"b"')).toBe(result));

  it("takes away", () => expect(narrowed("x", 'a:"b"', true)).toBe('x AND NOT (a:"b")'));
});

it("completes the word at the caret", () => {
  const text = "category:login AND (detai OR x)";
  const token = tokenAt(text, 25);
  expect(token.text).toBe("detai");
  expect(completed(text, token, "details.username:")).toEqual({
    text: "category:login AND (details.username: OR x)",
    caret: 37,
  });
  expect(tokenAt("", 0)).toEqual({ start: 0, end: 0, text: "" });
});
