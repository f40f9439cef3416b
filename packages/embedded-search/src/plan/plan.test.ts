import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GAP } from "../index/text-column.ts";
import { conjunction } from "./conjunction.ts";
import { atLeast, disjunction } from "./disjunction.ts";
import { END, type Matcher, nothing, scanned } from "./matcher.ts";
import { minimumShouldMatch } from "./minimum-should-match.ts";
import { phraseTest } from "./phrase.ts";

const size = 40;
const sets = fc.array(fc.uniqueArray(fc.integer({ min: 0, max: size - 1 })), { minLength: 1, maxLength: 5 });
const matcherOf = (members: readonly number[]): Matcher =>
  members.length === 0 ? nothing : scanned(size, 1, (document) => members.includes(document));

const walk = (matcher: Matcher): number[] => {
  const found: number[] = [];
  for (let document = matcher.next(0); document !== END; document = matcher.next(document + 1)) found.push(document);
  return found;
};

const all = Array.from({ length: size }, (_, document) => document);
const check = (work: (lists: number[][]) => void): void => fc.assert(fc.property(sets, work), { seed: 5 });

describe("matchers", () => {
  it("of any, of all and of some find what sets would", () => {
    check((lists) => {
      const matchers = lists.map(matcherOf);
      const hits = (document: number): number => lists.filter((list) => list.includes(document)).length;
      expect(walk(disjunction(matchers))).toEqual(all.filter((document) => hits(document) > 0));
      expect(walk(atLeast(matchers, 2))).toEqual(all.filter((document) => hits(document) >= 2));
      expect(walk(conjunction({ required: matchers, forbidden: [], score: () => 0 }))).toEqual(
        all.filter((document) => hits(document) === lists.length),
      );
      const [first = nothing, ...rest] = matchers;
      expect(walk(conjunction({ required: [first], forbidden: rest, score: () => 0 }))).toEqual(
        all.filter((document) => first.matches(document) && hits(document) === 1),
      );
    });
  });

  it("can be walked from any document, also backwards", () => {
    check((lists) => {
      const matcher = disjunction(lists.map(matcherOf));
      for (const from of [30, 3, 17, 0]) {
        const expected = all.find((document) => document >= from && lists.flat().includes(document)) ?? END;
        expect(matcher.next(from)).toBe(expected);
      }
    });
  });
});

describe("phrases", () => {
  const has = (tokens: number[], phrase: number[], slop = 0): boolean =>
    phraseTest(phrase, slop, 100)(
      Uint32Array.from([...phrase, ...tokens, ...phrase]),
      phrase.length,
      phrase.length + tokens.length,
    );

  it("need their terms in a row", () => {
    expect(has([1, 2, 3], [2, 3])).toBe(true);
    expect(has([1, 2, 3], [1, 3])).toBe(false);
    expect(has([1, 1, 2], [1, 2])).toBe(true);
    expect(has([1, GAP, 2], [1, 2])).toBe(false);
  });

  it("allow as many moves as asked for", () => {
    expect(has([1, 9, 2], [1, 2], 1)).toBe(true);
    expect(has([1, 9, 9, 2], [1, 2], 1)).toBe(false);
    expect(has([2, 1], [1, 2], 1)).toBe(false);
    expect(has([2, 1], [1, 2], 2)).toBe(true);
    expect(has([1], [1, 1], 5)).toBe(false);
    expect(has([1, GAP, 2], [1, 2], 100)).toBe(true);
  });
});

describe("minimum_should_match", () => {
  it.each([
    ["2", 5, 2],
    ["-1", 5, 4],
    ["75%", 5, 3],
    ["-25%", 5, 4],
    ["3<90%", 3, 3],
    ["3<90%", 10, 9],
    ["2<-25% 9<-3", 12, 9],
  ])("%s of %d", (text, clauses, expected) => expect(minimumShouldMatch(text, clauses)).toBe(expected));

  it("refuses what is not a number", () =>
    expect(() => minimumShouldMatch("many", 3)).toThrow('For input string: "many"'));
});
