import type { TermTest } from "../index/term-test.ts";
import type { TermsColumn, Within } from "../index/terms-column.ts";
import { END, type Matcher } from "./matcher.ts";
import { termListMatcher } from "./term-matcher.ts";
import { countFilled, type Filler, WINDOW } from "./window.ts";

/** Looking up the list of a term takes about as long as looking at this many documents. */
const DOCUMENTS_PER_LIST = 8;

/** Documents with a term in an interval: by the lists of few terms, by the place of the term of each document where they are many. */
export const intervalMatcher = (column: TermsColumn, test: TermTest, visible: number, score: number): Matcher => {
  const { dictionary } = column;
  const { start, end } = dictionary.placesOf(test);
  if (DOCUMENTS_PER_LIST * (end - start) < visible)
    return termListMatcher(column, dictionary.select(test), visible, score);
  const { places } = dictionary.ranks();
  const within = { start, end, places, passes: (term: number) => test.passes(dictionary.term(term)) };
  const filler = fillerOf(column, within, visible);
  return {
    cost: visible,
    matches: (document) => column.isWithin(document, within),
    score: () => score,
    next: (from) => {
      for (let document = from; document < visible; document++) if (column.isWithin(document, within)) return document;
      return END;
    },
    count: (limit) => countFilled(filler, visible, limit),
    filler,
  };
};

const fillerOf = (column: TermsColumn, within: Within, visible: number): Filler => ({
  cost: 2 * visible,
  fill: (from, words) => {
    const end = Math.min(from + WINDOW, visible);
    for (let at = 0, document = from; document < end; at++, document += 32)
      words[at] = (words[at] ?? 0) | column.bitsWithin(document, Math.min(document + 32, end), within);
  },
});
