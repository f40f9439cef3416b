import { allAtOnce, ranges, type Steps } from "./steps.ts";

/** For each term the documents that have it, ascending; covers the documents before `documents`. */
export interface Postings {
  readonly documents: number;
  /** Start of each term's list in `list`; one more than there are terms. */
  readonly starts: Uint32Array;
  readonly list: Uint16Array;
}

export const noPostings: Postings = { documents: 0, starts: new Uint32Array(1), list: new Uint16Array(0) };

/** Calls back for each term of each document in a range, documents ascending; a term at most once a document. */
export type EachTerm = (from: number, to: number, visit: (document: number, term: number) => void) => void;

/** Documents of one step. */
const DOCUMENTS_A_STEP = 8_192;

/** Inverts a column by counting: two passes and no sorting. */
export const buildPostings = (terms: number, documents: number, each: EachTerm): Postings =>
  allAtOnce(postingsInSteps(terms, documents, each));

/** As {@link buildPostings}; nothing may be added meanwhile. */
export function* postingsInSteps(terms: number, documents: number, each: EachTerm): Steps<Postings> {
  const starts = new Uint32Array(terms + 1);
  for (const [from, to] of ranges(documents, DOCUMENTS_A_STEP)) {
    each(from, to, (_document, term) => {
      starts[term + 1] = (starts[term + 1] ?? 0) + 1;
    });
    yield;
  }
  for (let term = 0; term < terms; term++) starts[term + 1] = (starts[term + 1] ?? 0) + (starts[term] ?? 0);
  const next = starts.slice(0, terms);
  const list = new Uint16Array(starts[terms] ?? 0);
  for (const [from, to] of ranges(documents, DOCUMENTS_A_STEP)) {
    each(from, to, (document, term) => {
      const at = next[term] ?? 0;
      list[at] = document;
      next[term] = at + 1;
    });
    yield;
  }
  return { documents, starts, list };
}

/** The documents with one term. */
export const postingsOf = (postings: Postings, term: number): Uint16Array => {
  if (term + 1 >= postings.starts.length) return postings.list.subarray(0, 0);
  return postings.list.subarray(postings.starts[term] ?? 0, postings.starts[term + 1] ?? 0);
};

/** Is it time to invert again? Rare enough that a growing segment pays for it only a few times in total. */
export const isStale = (postings: Postings, documents: number): boolean =>
  documents - postings.documents > 2048 + postings.documents / 2;
