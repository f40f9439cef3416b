import { compareTerms } from "../values/term-order.ts";

/** Which terms a query is after. Terms are in the order of their bytes in UTF-8, as {@link compareTerms} says. */
export interface TermTest {
  passes(term: string): boolean;
  /** No term before this one passes. */
  readonly from: string;
  /** Does this term, at or behind `from`, lie behind all that pass? */
  isPast(term: string): boolean;
  /** Does everything between pass? */
  readonly isInterval: boolean;
  /** Units of a term after which no other term that begins with them can pass; 0 when that is not known. */
  deadAt?(term: string): number;
}

/** A test that only knows how the terms begin that pass. */
export const prefixedTest = (prefix: string, passes: (term: string) => boolean): TermTest => ({
  passes: (term) => term.startsWith(prefix) && passes(term),
  from: prefix,
  isPast: (term) => !term.startsWith(prefix),
  isInterval: false,
});

/** Every term that begins with this text. */
export const prefixTest = (prefix: string): TermTest => ({
  ...prefixedTest(prefix, () => true),
  isInterval: true,
});

/** An end of an interval of terms. */
export interface TermBound {
  readonly term: string;
  /** Does the term itself pass? */
  readonly included: boolean;
}

/** Every term between two ends; without one there is no limit on that side. */
export const intervalTest = (low: TermBound | undefined, high: TermBound | undefined): TermTest => {
  const isBefore = (term: string): boolean =>
    low !== undefined && compareTerms(term, low.term) < (low.included ? 0 : 1);
  const isPast = (term: string): boolean =>
    high !== undefined && compareTerms(term, high.term) > (high.included ? 0 : -1);
  return { passes: (term) => !isBefore(term) && !isPast(term), from: low?.term ?? "", isPast, isInterval: true };
};
