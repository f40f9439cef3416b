import { postingsOf } from "../index/postings.ts";
import { type TermsColumn } from "../index/terms-column.ts";
import { type TextColumn } from "../index/text-column.ts";
import { end, type Matcher, nothing, scanned } from "./matcher.ts";
import { either } from "./either.ts";

/** A column with a dictionary. */
export type Dictionaried = TermsColumn | TextColumn;

/** Documents that have one term: a list as far as there is one, then the rest one by one. */
export function termMatcher(column: Dictionaried, term: number, visible: number, score: number): Matcher {
  const postings = column.postings(visible);
  const list = postingsOf(postings, term);
  const tail = Math.min(postings.documents, visible);
  let at = 0;
  return {
    cost: list.length + (visible - tail),
    matches: (document) => column.hasTerm(document, term),
    score: () => score,
    next: (from) => {
      at = seek(list, at, from);
      const listed = list[at];
      if (listed !== undefined) return listed < visible ? listed : end;
      for (let document = Math.max(from, tail); document < visible; document++) {
        if (column.hasTerm(document, term)) return document;
      }
      return end;
    },
  };
}

/** First place in an ascending list whose value is not below `value`; starts near `hint`, the last answer. */
function seek(list: Uint16Array, hint: number, value: number): number {
  let low = hint > 0 && (list[hint - 1] ?? 0) >= value ? 0 : hint;
  let step = 1;
  while (low + step < list.length && (list[low + step] ?? 0) < value) step *= 2;
  let high = Math.min(low + step, list.length);
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Above this many terms it is cheaper to look at every document than to merge their lists. */
const fewTerms = 16;

/** Documents that have one of these terms. */
export function termListMatcher(
  column: Dictionaried,
  terms: readonly number[],
  visible: number,
  score: number,
): Matcher {
  const [only, ...more] = terms;
  if (only === undefined) return nothing;
  if (more.length === 0) return termMatcher(column, only, visible, score);
  const wanted = new Set(terms);
  const isWanted = (term: number): boolean => wanted.has(term);
  const matches = (document: number): boolean => column.hasTermWhere(document, isWanted);
  if (terms.length > fewTerms) return scanned(visible, score, matches);
  const merged = either(terms.map((term) => termMatcher(column, term, visible, score)));
  return { ...merged, matches, score: () => score };
}

/** As {@link termListMatcher}; `selected` has one byte a term of the dictionary. */
export function termSetMatcher(column: Dictionaried, selected: Uint8Array, visible: number, score: number): Matcher {
  const terms: number[] = [];
  for (let term = selected.indexOf(1); term !== -1; term = selected.indexOf(1, term + 1)) {
    terms.push(term);
    if (terms.length > fewTerms) {
      return scanned(visible, score, (document) => column.hasAny(document, selected));
    }
  }
  return termListMatcher(column, terms, visible, score);
}
