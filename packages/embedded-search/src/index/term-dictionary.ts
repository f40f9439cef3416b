import type { Dictionary } from "./dictionary.ts";
import {
  aroundIn,
  type PlaceRange,
  placesOfSorted,
  selectSorted,
  sortTerms,
  type SortedTerms,
} from "./sorted-terms.ts";
import { ownCopy } from "../text/own-copy.ts";
import { SharedTerms } from "./shared-terms.ts";
import { placesOf, type TermRanks } from "./term-ranks.ts";
import type { TermTest } from "./term-test.ts";

/** A dictionary that grows. */
export class TermDictionary implements Dictionary {
  readonly #terms: string[];
  /** Numbers by term; built on first use when there are terms already. */
  #numbers: Map<string, number> | undefined;
  #sorted: SortedTerms = new Uint32Array(0);
  #ranks: TermRanks | undefined;
  readonly #shared = new SharedTerms();
  /** The term that was added last, and its number: a field often has one value many times in a row. */
  #last = "";
  #lastNumber = -1;

  /** @param terms - By number. */
  constructor(terms: string[] = []) {
    this.#terms = terms;
  }

  #index(): Map<string, number> {
    this.#numbers ??= new Map(this.#terms.map((term, number) => [term, number]));
    return this.#numbers;
  }

  get size(): number {
    return this.#terms.length;
  }

  /** Number of a term, added when new. */
  add(term: string): number {
    if (term === this.#last && this.#lastNumber >= 0) return this.#lastNumber;
    const numbers = this.#numbers ?? this.#index();
    const number = numbers.get(term) ?? this.#addNew(term, numbers);
    this.#last = this.#terms[number] ?? term;
    this.#lastNumber = number;
    return number;
  }

  #addNew(term: string, numbers: Map<string, number>): number {
    const kept = ownCopy(term);
    const number = this.#terms.length;
    numbers.set(kept, number);
    this.#terms.push(kept);
    return number;
  }

  find(term: string): number | undefined {
    return this.#index().get(term);
  }

  term(number: number): string {
    return this.#terms[number] ?? "";
  }

  terms(): readonly string[] {
    return this.#terms;
  }

  #sort(): void {
    const known = this.#sorted.length;
    if (this.size - known <= 16 + known / 8) return;
    this.#sorted = sortTerms(this.#terms);
    this.#ranks = undefined;
  }

  numbersIn(other: Dictionary): Int32Array {
    return this.#shared.numbers(this, other);
  }

  ranks(): TermRanks {
    this.#sort();
    const sorted = this.#sorted;
    this.#ranks ??= {
      places: placesOf(sorted),
      around: (text) => aroundIn((number) => this.term(number), sorted, text),
    };
    return this.#ranks;
  }

  placesOf(test: TermTest): PlaceRange {
    this.#sort();
    return placesOfSorted((number) => this.term(number), this.#sorted, test);
  }

  /** Most terms are kept sorted for this from the first use on; newer ones are tested one by one. */
  select(test: TermTest): number[] {
    this.#sort();
    const selected = selectSorted((number) => this.term(number), this.#sorted, test);
    for (let number = this.#sorted.length; number < this.size; number++)
      if (test.passes(this.term(number))) selected.push(number);
    return selected;
  }
}
