import { Bitset } from "../index/bitset.ts";
import { noPostings, type Postings, postingsOf } from "../index/postings.ts";
import type { TermsColumn } from "../index/terms-column.ts";
import type { TextColumn } from "../index/text-column.ts";
import { disjunction } from "./disjunction.ts";
import { END, type Matcher, nothing } from "./matcher.ts";
import { countFilled, WINDOW } from "./window.ts";

/** A column with a dictionary. */
export type Dictionaried = TermsColumn | TextColumn;

/** Documents that have one term: from the list as far as it goes, then one by one. */
export const termMatcher = (column: Dictionaried, term: number, visible: number, score: number): Matcher => {
  const postings = column.postings(visible);
  const list = postingsOf(postings, term);
  const tail = Math.min(postings.documents, visible);
  const nextInTail = (from: number): number => {
    for (let document = from; document < visible; document++) if (column.hasTerm(document, term)) return document;
    return END;
  };
  let at = 0;
  return {
    cost: list.length + (visible - tail),
    matches: (document) => column.hasTerm(document, term),
    score: () => score,
    next: (from) => {
      at = seek(list, at, from);
      const listed = list[at];
      if (listed !== undefined) return listed < visible ? listed : END;
      return nextInTail(Math.max(from, tail));
    },
    nextWhere: (from, passes) => {
      for (at = seek(list, at, from); at < list.length; at++) {
        const document = list[at] ?? END;
        if (document >= visible) return END;
        if (passes(document)) return document;
      }
      let document = nextInTail(Math.max(from, tail));
      while (document !== END && !passes(document)) document = nextInTail(document + 1);
      return document;
    },
    count: (limit) => {
      let found = seek(list, 0, visible);
      for (let document = nextInTail(tail); document !== END && found <= limit; document = nextInTail(document + 1))
        found++;
      return found;
    },
    filler: {
      cost: list.length + TESTED * (visible - tail),
      fill: (from, words) => {
        const end = Math.min(from + WINDOW, visible);
        fillListed(list, from, end, words);
        for (let document = Math.max(from, tail); document < end; document++)
          if (column.hasTerm(document, term)) addTo(words, document - from);
      },
    },
  };
};

/** About how many nanoseconds it takes to look at a document that is not in a list. */
const TESTED = 8;

const fillListed = (list: Uint16Array, from: number, end: number, words: Int32Array): void => {
  for (let at = seek(list, 0, from); at < list.length; at++) {
    const document = list[at] ?? END;
    if (document >= end) return;
    addTo(words, document - from);
  }
};

const addTo = (words: Int32Array, member: number): void => {
  words[member >>> 5] = (words[member >>> 5] ?? 0) | (1 << (member & 31));
};

/** First index in an ascending list whose value is not below `value`; starts near `hint`, the last answer. */
const seek = (list: Uint16Array, hint: number, value: number): number => {
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
};

/** Above this many terms it is cheaper to collect the documents of all lists than to merge the lists. */
const FEW_TERMS = 16;

/** Documents that have one of these terms. */
export const termListMatcher = (
  column: Dictionaried,
  terms: readonly number[],
  visible: number,
  score: number,
): Matcher => {
  const [only, ...more] = terms;
  if (only === undefined) return nothing;
  if (more.length === 0) return termMatcher(column, only, visible, score);
  if (terms.length > FEW_TERMS) return collectedMatcher(column, terms, visible, score);
  const isWanted = (term: number): boolean => terms.includes(term);
  const matches = (document: number): boolean => column.hasTermWhere(document, isWanted);
  const merged = disjunction(terms.map((term) => termMatcher(column, term, visible, score)));
  return { ...merged, matches, score: () => score, ...counting(merged, visible) };
};

const counting = ({ filler }: Matcher, visible: number): Pick<Matcher, "count"> =>
  filler === undefined ? {} : { count: (limit) => countFilled(filler, visible, limit) };

/** Walking through all matches collects them first; when another matcher leads, only its documents are tested. */
const collectedMatcher = (column: Dictionaried, terms: readonly number[], visible: number, score: number): Matcher => {
  let mask: Uint8Array | undefined;
  const hasAny = (document: number): boolean =>
    column.hasAny(document, (mask ??= maskOf(terms, column.dictionary.size)));
  let collected: Bitset | undefined;
  const all = (): Bitset => (collected ??= collect(column, terms, visible, hasAny));
  return {
    cost: visible,
    matches: (document) => collected?.has(document) ?? hasAny(document),
    score: () => score,
    next: (from) => {
      const found = from < visible ? all().next(from) : -1;
      return found === -1 ? END : found;
    },
    count: () => all().count(),
    filler: { cost: 2 * visible, fill: (from, words) => all().addTo(words, from) },
  };
};

/** One byte per term of the dictionary: 1 for those in the list. */
const maskOf = (terms: readonly number[], size: number): Uint8Array => {
  const mask = new Uint8Array(size);
  for (const term of terms) mask[term] = 1;
  return mask;
};

const collect = (
  column: Dictionaried,
  terms: readonly number[],
  visible: number,
  hasAny: (document: number) => boolean,
): Bitset => {
  const found = Bitset.empty(visible);
  // Looking up a list takes about as long as looking at a few documents.
  const postings = terms.length > visible / 8 ? noPostings : column.postings(visible);
  if (postings.documents > 0) addListed(found, postings, terms, visible);
  for (let document = postings.documents; document < visible; document++) if (hasAny(document)) found.add(document);
  return found;
};

const addListed = (found: Bitset, postings: Postings, terms: readonly number[], visible: number): void => {
  for (const term of terms)
    for (const document of postingsOf(postings, term)) if (document < visible) found.add(document);
};
