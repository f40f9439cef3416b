import type { PlaceRange } from "./sorted-terms.ts";
import type { TermRanks } from "./term-ranks.ts";
import type { TermTest } from "./term-test.ts";

/** The distinct terms of one field in one segment, numbered in order of first appearance. */
export interface Dictionary {
  readonly size: number;
  /** Number of a term, or undefined when the segment does not have it. */
  find(term: string): number | undefined;
  term(number: number): string;
  /** All terms, in order of their numbers. */
  terms(): readonly string[];
  /** Numbers of the terms that pass. */
  select(test: TermTest): number[];
  /** The places of the terms that pass a test which is an interval; places are those of {@link Dictionary.ranks}. */
  placesOf(test: TermTest): PlaceRange;
  /** For each term its number in another dictionary, or {@link NOT_SHARED}. */
  numbersIn(other: Dictionary): Int32Array;
  /** The order of the terms; those that were added lately may be left out. */
  ranks(): TermRanks;
}
