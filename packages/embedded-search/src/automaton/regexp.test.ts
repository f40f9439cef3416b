import { describe, expect, it } from "vitest";
import { AutomatonError } from "./automaton-error.ts";
import { parseRegexpFlags, type RegexpFlags } from "./regexp-flags.ts";
import { collapseQuantifiers, compileRegexp } from "./regexp.ts";

const flagged = (text: string): RegexpFlags => {
  const flags = parseRegexpFlags(text);
  if (typeof flags === "string") throw new Error(`unknown flag ${flags}`);
  return flags;
};

const errorOf = (pattern: string): { code: string; message: string } => {
  try {
    compileRegexp(pattern);
  } catch (error) {
    if (error instanceof AutomatonError) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error(`${pattern} was accepted`);
};

describe("compileRegexp", () => {
  it.each([
    [".*\\.(exe|sh)", ["test.exe", "a.b.sh"], ["testexe", "test.exe.abcd", "test.1234"]],
    ["(.*\\.)*(groupa|groupb)\\.(.*\\.)*sub\\.(.*\\.)*.*", ["h.groupa.test.sub.x.com"], ["h.groupaa.sub.x.com", ""]],
    ["[^a-c]+", ["xyz", "😀"], ["xay", ""]],
    ["a{2,3}b?", ["aa", "aaab"], ["a", "aaaa"]],
    ["<1-20>", ["1", "020", "20"], ["0", "21", "a"]],
    ["<01-12>", ["01", "12"], ["1", "013"]],
    ["~(abc)", ["ab", "abcd", ""], ["abc"]],
    ["aaa.+&.+bbb", ["aaabbb"], ["aaab", "abbb"]],
    ['"a.b"@', ["a.b", "a.bcd"], ["axb"]],
    ["\\d\\w\\s\\D", ["1_ x"], ["a_ x", "1_ 2"]],
    ["^a$", ["^a$"], ["a"]],
    ["a#|b", ["b"], ["a"]],
    [".", ["x", "\n", "😀"], ["", "xy"]],
    ["()", [""], ["a"]],
  ])("%s", (pattern, matching, others) => {
    const matcher = compileRegexp(pattern);
    expect(matching.filter((text) => !matcher.matches(text))).toEqual([]);
    expect(others.filter((text) => matcher.matches(text))).toEqual([]);
  });

  it("takes operators literally that the flags leave out", () => {
    expect(compileRegexp("a~b", { flags: flagged("NONE") }).matches("a~b")).toBe(true);
    expect(compileRegexp("<1-2>@", { flags: flagged("interval") }).matches("2@")).toBe(true);
    expect(parseRegexpFlags("ALL|NOPE")).toMatchObject({ interval: true });
    expect(parseRegexpFlags("NOPE|ALL")).toBe("NOPE");
  });

  it("ignores case beyond ASCII, but not in ranges and escapes of classes", () => {
    const ignoring = (pattern: string) => compileRegexp(pattern, { caseInsensitive: true });
    expect(ignoring("straße[k]").matches("STRAẞE\u212a")).toBe(true);
    expect(ignoring("[a-c]").matches("A")).toBe(false);
  });

  it.each([
    ["abc.*d", "abc"],
    ["ab(c|c)d", "abcd"],
    ["(abc|abd)x", "ab"],
    [".*abc", ""],
    ["ab*", "a"],
  ])("knows that every match of %s starts with %j", (pattern, prefix) => {
    expect(compileRegexp(pattern).prefix).toBe(prefix);
  });

  it.each([
    ["a(", "REGEXP_SYNTAX", "unexpected end-of-string"],
    ["a)", "REGEXP_SYNTAX", "end-of-string expected at position 1"],
    ["[z-a]", "REGEXP_SYNTAX", "invalid range: from (122) cannot be > to (97)"],
    ["a{2", "REGEXP_SYNTAX", "expected '}' at position 3"],
    ["a{3,2}", "REGEXP_SYNTAX", "invalid repetition range(out of order): 3..2"],
    ["\\q", "REGEXP_SYNTAX", "invalid character class \\113"],
    ["<5-x>", "REGEXP_SYNTAX", "interval syntax error at position 4"],
    ["<abc>", "REGEXP_SYNTAX", "'abc' not found"],
    ["((a{500}){100}){100}", "PATTERN_TOO_LARGE", "the pattern needs more than 100000 states"],
    [
      "(a|b)*a(a|b){20}",
      "PATTERN_TOO_COMPLEX",
      "Determinizing automaton with 22 states and 22 transitions would require more than 10000 effort.",
    ],
  ])("refuses %s", (pattern, code, message) => {
    expect(errorOf(pattern)).toEqual({ code, message });
  });

  it("matches in linear time where backtracking would take for ever", () => {
    expect(compileRegexp("(a*)*(a*)*b").matches("a".repeat(200_000))).toBe(false);
  });
});

describe("collapseQuantifiers", () => {
  it.each([
    ["a+++", "a+"],
    ["a+?*", "a*"],
    ["a\\++", "a\\++"],
    ['"++"+?', '"++"*'],
    ["[+*]+", "[+*]+"],
  ])("%s is %s", (pattern, collapsed) => {
    expect(collapseQuantifiers(pattern)).toBe(collapsed);
  });
});

it("intervals have the numbers between their ends", () => {
  for (const [min, max] of [
    [0, 10],
    [1, 30],
    [7, 12],
    [99, 101],
    [120, 1375],
  ] as const) {
    const anyLength = compileRegexp(`<${min}-${max}>`);
    const fixed = compileRegexp(`<${String(min).padStart(5, "0")}-${String(max).padStart(5, "0")}>`);
    for (let number = 0; number < 1500; number++) {
      const within = number >= min && number <= max;
      expect([number, anyLength.matches(String(number))]).toEqual([number, within]);
      expect([number, anyLength.matches(`00${number}`)]).toEqual([number, within]);
      expect([number, fixed.matches(String(number).padStart(5, "0"))]).toEqual([number, within]);
      expect(fixed.matches(String(number))).toBe(false);
    }
  }
});
