import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileFuzzy } from "../automaton/fuzzy.ts";
import { compileWildcard } from "../automaton/wildcard.ts";
import { compareTerms } from "../values/term-order.ts";
import { selectSorted, sortTerms } from "./sorted-terms.ts";
import { TermDictionary } from "./term-dictionary.ts";
import { intervalTest, prefixedTest, prefixTest, type TermTest } from "./term-test.ts";

const text = fc.string({ unit: fc.constantFrom("a", "b", "c", "\u{e000}", "😀"), maxLength: 5 });
const dictionaries = fc.uniqueArray(text, { maxLength: 40 });

const tests: fc.Arbitrary<TermTest> = fc.oneof(
  text.map(prefixTest),
  fc
    .tuple(fc.option(text), fc.boolean(), fc.option(text), fc.boolean())
    .map(([low, lowIn, high, highIn]) =>
      intervalTest(
        low === null ? undefined : { term: low, included: lowIn },
        high === null ? undefined : { term: high, included: highIn },
      ),
    ),
  fc.string({ unit: fc.constantFrom("a", "b", "*", "?", "😀"), maxLength: 4 }).map((pattern) => {
    const matcher = compileWildcard(pattern);
    const test = prefixedTest(matcher.prefix, (term) => matcher.matches(term));
    return { ...test, deadAt: (term: string) => matcher.deadAt(term) };
  }),
  fc.tuple(text, fc.integer({ min: 0, max: 3 }), fc.boolean()).map(([term, prefixLength, transpositions]) => {
    const matcher = compileFuzzy(term, { maxEdits: 2, prefixLength, transpositions });
    const test = prefixedTest(matcher.prefix, (other) => matcher.matches(other));
    const resumeAt = (beginning: string): string | undefined => matcher.resumeAt(beginning);
    return { ...test, deadAt: (other: string) => matcher.deadAt(other), resumeAt };
  }),
);

describe("sorted terms", () => {
  it("are in the order of UTF-8", () => {
    fc.assert(
      fc.property(dictionaries, (terms) => {
        const sorted = Array.from(sortTerms(terms), (number) => terms[number]);
        expect(sorted).toEqual([...terms].sort(compareTerms));
      }),
    );
  });

  it("find what a look at every term finds", () => {
    fc.assert(
      fc.property(dictionaries, tests, (terms, test) => {
        const found = selectSorted((number) => terms[number] ?? "", sortTerms(terms), test).map(
          (number) => terms[number],
        );
        expect(new Set(found)).toEqual(new Set(terms.filter((term) => test.passes(term))));
      }),
      { numRuns: 2000 },
    );
  });

  it("are joined by the terms that came later", () => {
    const dictionary = new TermDictionary();
    for (let number = 0; number < 3000; number++) dictionary.add(`t${number % 2000}x${number}`);
    expect(dictionary.select(prefixTest("t7x")).sort((a, b) => a - b)).toEqual([7, 2007]);
    dictionary.add("t7xlate");
    expect(dictionary.select(prefixTest("t7x")).sort((a, b) => a - b)).toEqual([7, 2007, 3000]);
  });
});
