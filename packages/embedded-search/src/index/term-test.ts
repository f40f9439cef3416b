import { compareTerms } from "../values/term-order.ts";

/** Which terms a query looks for. Terms are in the order of their bytes in UTF-8, as {@link compareTerms} says. */
export interface TermTest {
  passes(term: string): boolean;
  /** No term before this one passes. */
  readonly from: string;
  /** Is this term, at or after `from`, past all that pass? */
  isPast(term: string): boolean;
  /** Does everything between pass? */
  readonly isInterval: boolean;
  /** Length in UTF-16 units of a beginning with which no other term can pass; 0 when not known. */
  deadAt?(term: string): number;
  /** The first text after all that have such a beginning with which a term may begin that passes; undefined = not known. */
  resumeAt?(beginning: string): string | undefined;
}

/** A test that only knows the beginning of terms that pass. */
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

/** Every term between two ends; a missing end means no limit on that side. */
export const intervalTest = (low: TermBound | undefined, high: TermBound | undefined): TermTest => {
  const isBefore = (term: string): boolean =>
    low !== undefined && compareTerms(term, low.term) < (low.included ? 0 : 1);
  const isPast = (term: string): boolean =>
    high !== undefined && compareTerms(term, high.term) > (high.included ? 0 : -1);
  return { passes: (term) => !isBefore(term) && !isPast(term), from: low?.term ?? "", isPast, isInterval: true };
};
