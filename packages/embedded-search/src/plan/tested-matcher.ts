import { type Matcher } from "./matcher.ts";
import { type Dictionaried, termSetMatcher } from "./term-matcher.ts";

/**
 * Documents that have a term which passes a test. Where something cheaper leads, a window of time say, only the terms of
 * its documents are tested, each once; walking through all matches tests the whole dictionary first.
 */
export function testedMatcher(
  column: Dictionaried,
  passes: (term: string) => boolean,
  visible: number,
  score: number,
): Matcher {
  const { dictionary } = column;
  let known: Uint8Array | undefined;
  let selected: Matcher | undefined;
  const test = (term: number): boolean => {
    known ??= new Uint8Array(dictionary.size);
    if (known[term] === 0) known[term] = passes(dictionary.term(term)) ? 1 : 2;
    return known[term] === 1;
  };
  return {
    cost: visible,
    matches: (document) => selected?.matches(document) ?? column.hasTermWhere(document, test),
    score: () => score,
    next: (from) => {
      selected ??= termSetMatcher(column, dictionary.select(passes), visible, score);
      return selected.next(from);
    },
  };
}
