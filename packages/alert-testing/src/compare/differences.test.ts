import { describe, expect, it } from "vitest";
import { differences, distance, isAsExpected, printDifferences } from "./differences.ts";

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

  it("takes a global expression as often as it is asked", () => {
    const hits = /hits/g;
    expect([differences(hits, "10 hits"), differences(hits, "10 hits")]).toEqual([[], []]);
  });

  it.each<[unknown, unknown]>([
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: { b: ["x", /y/] } }, { a: { b: ["x", "yy"] } }],
    [["a"], ["a", "b"]],
    [["a", "b"], ["a"]],
    [["a", undefined], ["a"]],
    [{ a: undefined }, {}],
    [{ a: expect.any(Number), b: null }, { a: "1" }],
    [Number.NaN, Number.NaN],
    [{}, []],
    [undefined, null],
  ])("counts and finds what it lists: %o and %o", (expected, received) => {
    const { length } = differences(expected, received);
    expect([distance(expected, received), isAsExpected(expected, received)]).toEqual([length, length === 0]);
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
