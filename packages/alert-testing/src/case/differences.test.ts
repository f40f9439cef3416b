import { describe, expect, it } from "vitest";
import { differences, printDifferences } from "./differences.ts";

describe("differences", () => {
  it("compares objects by the keys expected, lists as a whole", () => {
    expect(differences({ a: { b: 1 }, c: ["x"] }, { a: { b: 1, more: 2 }, c: ["x"], more: 3 })).toEqual([]);
    expect(differences({ tags: ["a", "b"] }, { tags: ["a"] })).toEqual([
      { path: "tags[1]", expected: '"b"', received: "nothing: it is never set" },
    ]);
    expect(differences({ tags: ["a"] }, { tags: ["a", "b"] })).toEqual([
      { path: "tags[1]", expected: "nothing", received: '"b"' },
    ]);
  });

  it("tells a key that is never set from null", () => {
    expect(differences({ url: "u" }, {})[0]?.received).toBe("nothing: it is never set");
    expect(differences({ url: "u" }, { url: null })[0]?.received).toBe("null");
    expect(differences({ url: null }, { url: null })).toEqual([]);
  });

  it("takes regular expressions and matchers of a runner", () => {
    expect(differences({ a: /^\d+ hits/, b: expect.any(String) }, { a: "10 hits by x", b: "y" })).toEqual([]);
    expect(differences({ a: /^\d+$/ }, { a: "x" })).toEqual([{ path: "a", expected: "/^\\d+$/", received: '"x"' }]);
  });

  it("never reaches a prototype", () => {
    expect(differences({ constructor: "x" }, {})[0]?.received).toBe("nothing: it is never set");
  });

  it("prints only what differs, long values cut", () => {
    const text = printDifferences(differences({ a: 1, b: "x".repeat(400) }, { a: 1, b: "y" }));
    expect(text.split("\n")).toEqual([
      "  b",
      `    expected: "${"x".repeat(299)}... (402 characters)`,
      '    received: "y"',
    ]);
  });
});
