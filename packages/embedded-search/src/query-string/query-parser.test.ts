import { describe, expect, it } from "vitest";
import type { QueryNode } from "./query-ast.ts";
import { parseQueryString } from "./query-parser.ts";
import { QuerySyntaxError } from "./query-syntax-error.ts";

/** One line that shows how a query string was understood. */
const shown = (node: QueryNode): string => {
  const field = node.kind !== "group" && node.field !== undefined ? `${node.field}:` : "";
  switch (node.kind) {
    case "group":
      return `(${node.clauses
        .map(({ conjunction, modifier, node: inner }) => {
          const sign = { none: "", required: "+", prohibited: "-" }[modifier];
          return `${{ none: "", and: "& ", or: "| " }[conjunction]}${sign}${shown(inner)}`;
        })
        .join(" ")})`;
    case "term":
      return `${field}${node.several ? "words" : "term"}<${node.text}>`;
    case "phrase":
      return `${field}phrase<${node.text}>~${node.slop ?? "default"}`;
    case "wildcard":
    case "regexp":
      return `${field}${node.kind}<${node.pattern}>`;
    case "prefix":
      return `${field}prefix<${node.text}>`;
    case "fuzzy":
      return `${field}fuzzy<${node.text}>~${node.fuzziness?.kind === "edits" ? node.fuzziness.edits : ""}`;
    case "range":
      return `${field}${node.includeFrom ? "[" : "{"}${node.from} TO ${node.to}${node.includeTo ? "]" : "}"}`;
  }
};

const parsed = (text: string, escape = false): string => {
  const group = parseQueryString(text, { escape });
  return group ? shown(group) : "nothing";
};

describe("parseQueryString", () => {
  it.each([
    ["a AND b OR c", "(term<a> & term<b> | term<c>)"],
    ["a && b || !c", "(term<a> & term<b> | -term<c>)"],
    ["+a -b NOT c", "(+term<a> -term<b> -term<c>)"],
    ["a b c", "(words<a b c>)"],
    ["a b AND c", "(term<a> term<b> & term<c>)"],
    ["a and b", "(words<a and b>)"],
    ["summary: test conf", "(summary:term<test> term<conf>)"],
    ["f:(x y) z", "((f:words<x y>) term<z>)"],
    ["f:(x g:y)", "((f:term<x> g:term<y>))"],
    ["host:web-01", "(host:term<web-01>)"],
    ['"a b"~3', "(phrase<a b>~3)"],
    ['"a \\" b"', '(phrase<a " b>~default)'],
    ["te* *st t?st *", "(prefix<te> wildcard<*st> wildcard<t?st> wildcard<*>)"],
    ["*:*", "(*:wildcard<*>)"],
    ["a\\*b a\\:b \\u0041", "(words<a*b a:b A>)"],
    ["f:/a\\/b(c|d)/", "(f:regexp<a\\/b(c|d)>)"],
    ["a~ b~2 c~1.0f^2", "(fuzzy<a>~ fuzzy<b>~2 fuzzy<c>~1)"],
    ["f:[1 TO 5} f:{a TO *]", "(f:[1 TO 5} f:{a TO undefined])"],
    ['[TO TO "a b"]', "([TO TO a b])"],
    ["f:>=10", "(f:term<>=10>)"],
    ["a - b", "(term<a> term<-> term<b>)"],
    ["a^2 (b c)^3", "(term<a> (words<b c>))"],
    ["  \t", "nothing"],
    ["日本\u3000語", "(words<日本 語>)"],
  ])("%s", (text, expected) => {
    expect(parsed(text)).toBe(expected);
  });

  it("takes everything literally when asked to escape", () => {
    expect(parsed("a:(b* /c", true)).toBe("(words<a:(b* /c>)");
  });

  it.each([
    ["a:b:c", "parse_exception", 'Encountered " ":" ": "" at line 1, column 3.'],
    ["(a", "parse_exception", 'Encountered "<EOF>" at line 1, column 2.'],
    ["foo AND", "parse_exception", 'Encountered "<EOF>" at line 1, column 7.'],
    ["AND", "parse_exception", 'Encountered " <AND> "AND "" at line 1, column 0.'],
    ["--a", "parse_exception", 'Encountered " "-" "- "" at line 1, column 1.'],
    ["()", "parse_exception", 'Encountered " ")" ") "" at line 1, column 1.'],
    ["a\\u12", "parse_exception", "Truncated Unicode escape sequence."],
    ["a\\u12x4", "parse_exception", "Non-hex character in Unicode escape sequence: x"],
    [
      "10.0.0.0/8",
      "token_mgr_error",
      'Lexical error at line 1, column 11.  Encountered: <EOF> after prefix "/8" (in lexical state 2)',
    ],
    ["a^b", "token_mgr_error", "Lexical error at line 1, column 4.  Encountered: <EOF>"],
    ["a\\", "token_mgr_error", "Lexical error at line 1, column 3.  Encountered: <EOF> (in lexical state 2)"],
    [`${"(".repeat(2000)}a`, "parse_exception", "query is too deeply nested"],
  ])("refuses %s", (text, code, message) => {
    try {
      parseQueryString(text, { escape: false });
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(QuerySyntaxError);
      expect(error).toMatchObject({ code, message });
    }
  });
});
