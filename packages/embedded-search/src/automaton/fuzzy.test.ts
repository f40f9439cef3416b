import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileFuzzy } from "./fuzzy.ts";

const edits = (term: string, other: string, transpositions = true, prefixLength = 0): number | undefined =>
  compileFuzzy(term, { maxEdits: 2, prefixLength, transpositions }).edits(other);

/** The textbook definition, over the whole table. */
const reference = (a: string[], b: string[], transpositions: boolean): number => {
  const table = Array.from({ length: a.length + 1 }, (_, i) => Array.from({ length: b.length + 1 }, (_, j) => i + j));
  const at = (i: number, j: number): number => table[i]![j]!;
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++) {
      const replaced = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let least = Math.min(replaced, at(i - 1, j) + 1, at(i, j - 1) + 1);
      if (transpositions && i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, at(i - 2, j - 2) + 1);
      table[i]![j] = least;
    }
  return at(a.length, b.length);
};

describe("compileFuzzy", () => {
  it.each([
    ["hello", "hello", 0],
    ["hello", "hlelo", 1],
    ["hello", "hallo", 1],
    ["hello", "heelloo", 2],
    ["hello", "jellies", undefined],
    ["a😀b", "ab", 1],
    ["", "a", undefined],
  ])("%s to %s takes %s edits", (term, other, expected) => {
    expect(edits(term, other)).toBe(expected);
  });

  it("counts a swap twice when swaps are off", () => {
    expect(edits("ab", "ba", true)).toBe(1);
    expect(edits("ab", "ba", false)).toBe(2);
  });

  it("wants the prefix unchanged", () => {
    expect(edits("hello", "jello", true, 1)).toBeUndefined();
    expect(edits("ab", "abxy", true, 2)).toBe(2);
  });

  it("agrees with the textbook distance", () => {
    const word = fc.array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(word, word, fc.boolean(), (a, b, transpositions) => {
        const distance = reference(a, b, transpositions);
        expect(edits(a.join(""), b.join(""), transpositions)).toBe(distance > 2 ? undefined : distance);
      }),
      { seed: 1 },
    );
  });
});
