import type { TermTest } from "../index/term-test.ts";
import { END, type Matcher } from "./matcher.ts";
import { intervalMatcher } from "./interval-matcher.ts";
import { type Dictionaried, termListMatcher } from "./term-matcher.ts";

/**
 * Documents that have a term which passes a test. When something cheaper leads, such as a time window, only the terms of
 * its documents are tested, each once; walking through all matches asks the dictionary first.
 */
export const testedMatcher = (column: Dictionaried, test: TermTest, visible: number, score: number): Matcher => {
  const { dictionary } = column;
  let known: Uint8Array | undefined;
  let selected: Matcher | undefined;
  const isWanted = (term: number): boolean => {
    known ??= new Uint8Array(dictionary.size);
    if (known[term] === 0) known[term] = test.passes(dictionary.term(term)) ? 1 : 2;
    return known[term] === 1;
  };
  const bound = (): Matcher =>
    test.isInterval && column.kind === "terms"
      ? intervalMatcher(column, test, visible, score)
      : termListMatcher(column, dictionary.select(test), visible, score);
  const all = (): Matcher => (selected ??= bound());
  return {
    cost: visible,
    matches: (document) => selected?.matches(document) ?? column.hasTermWhere(document, isWanted),
    score: () => score,
    next: (from) => all().next(from),
    count: (limit) => countOf(all(), limit),
    filler: { cost: 4 * visible, fill: (from, words) => all().filler?.fill(from, words) },
  };
};

/** By the matcher itself where it can, otherwise by walking. */
const countOf = (matcher: Matcher, limit: number): number => {
  if (matcher.count) return matcher.count(limit);
  let count = 0;
  for (let document = matcher.next(0); document !== END && count <= limit; document = matcher.next(document + 1))
    count++;
  return count;
};
