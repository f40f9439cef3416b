import { foldToAscii } from "./ascii-folding.ts";
import { lowerCase } from "./lower-case.ts";
import { upperCase } from "./upper-case.ts";

/** Brings the values of a keyword field into one form, when they are written and when they are asked for. */
export type Normalizer = (text: string) => string;

/** Those that fields of an index may name. */
export type Normalizers = ReadonlyMap<string, Normalizer>;

/** What every index has. */
export const BUILT_IN_NORMALIZERS: Normalizers = new Map([["lowercase", lowerCase]]);

/** Spaces beyond ASCII that Java calls white space: none that forbids a line break. */
const SPACES = /[\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000]/;

const isSpace = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at);
  return (code >= 9 && code <= 13) || (code >= 28 && code <= 32) || SPACES.test(text.charAt(at));
};

const trim = (text: string): string => {
  let [start, end] = [0, text.length];
  while (start < end && isSpace(text, start)) start++;
  while (end > start && isSpace(text, end - 1)) end--;
  return text.slice(start, end);
};

/** The token filters that a normalizer can be made of. */
export const NORMALIZER_FILTERS: Normalizers = new Map([
  ["lowercase", lowerCase],
  ["uppercase", upperCase],
  ["asciifolding", foldToAscii],
  ["trim", trim],
]);
