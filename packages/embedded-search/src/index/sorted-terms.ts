import { compareTerms } from "../values/term-order.ts";
import type { TermTest } from "./term-test.ts";

/** Numbers of the first terms of a dictionary, in the order of the terms. */
export type SortedTerms = Uint32Array;

const SURROGATE = /[\ud800-\udfff]/;

export const sortTerms = (terms: readonly string[]): SortedTerms => {
  // Only where there are surrogates does the order of JavaScript, which is much faster, differ.
  const compare = terms.some((term) => SURROGATE.test(term)) ? compareTerms : compareUnits;
  return Uint32Array.from(terms.keys()).sort((a, b) => compare(terms[a] ?? "", terms[b] ?? ""));
};

const compareUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Places of terms in their order: from `start` on, before `end`. */
export interface PlaceRange {
  readonly start: number;
  readonly end: number;
}

/** The places outside which no term passes; inside, all do when the test is an interval. */
export const placesOfSorted = (termOf: (number: number) => string, sorted: SortedTerms, test: TermTest): PlaceRange => {
  const term = (place: number): string => termOf(sorted[place] ?? 0);
  const start = firstPlace(0, sorted.length, (place) => compareTerms(term(place), test.from) >= 0);
  const end = firstPlace(start, sorted.length, (place) => test.isPast(term(place)));
  // An excluded start is the only term that an interval can leave out.
  const isOut = test.isInterval && start < end && !test.passes(term(start));
  return { start: isOut ? start + 1 : start, end };
};

/** Numbers of the terms that pass, found without looking at all of them. */
export const selectSorted = (termOf: (number: number) => string, sorted: SortedTerms, test: TermTest): number[] => {
  const term = (place: number): string => termOf(sorted[place] ?? 0);
  const { start, end } = placesOfSorted(termOf, sorted, test);
  if (test.isInterval) return Array.from(sorted.subarray(start, end));
  const selected: number[] = [];
  for (let place = start; place < end;) {
    const dead = test.deadAt?.(term(place)) ?? 0;
    if (dead === 0) {
      if (test.passes(term(place))) selected.push(sorted[place] ?? 0);
      place++;
    } else {
      const beginning = term(place).slice(0, dead);
      const resume = test.resumeAt?.(beginning);
      const isBehind = (other: number): boolean =>
        resume === undefined ? !term(other).startsWith(beginning) : compareTerms(term(other), resume) >= 0;
      place = skipFrom(place, end, isBehind);
    }
  }
  return selected;
};

/** How many of sorted terms come before a text, and how many do or are the same. */
export const aroundIn = (
  termOf: (number: number) => string,
  sorted: SortedTerms,
  text: string,
): { readonly before: number; readonly upTo: number } => {
  const order = (place: number): number => compareTerms(termOf(sorted[place] ?? 0), text);
  const before = firstPlace(0, sorted.length, (place) => order(place) >= 0);
  return { before, upTo: before + Number(before < sorted.length && order(before) === 0) };
};

/** First place in a range of places where the answer turns from no to yes. */
const firstPlace = (from: number, to: number, answer: (place: number) => boolean): number => {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (answer(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
};

/** As {@link firstPlace}, for a place that is probably nearby. */
const skipFrom = (from: number, to: number, answer: (place: number) => boolean): number => {
  let step = 1;
  while (from + step < to && !answer(from + step)) step *= 2;
  return firstPlace(from + (step >> 1), Math.min(from + step, to), answer);
};
