import { NOT_SHARED } from "../index/shared-terms.ts";
import { SEVERAL_TERMS, type TermsColumn } from "../index/terms-column.ts";
import type { Buckets } from "./buckets.ts";
import { FurtherTerms } from "./further-terms.ts";
import { mostFrequent, type Ordered } from "./most-frequent.ts";
import type { Counted } from "./ranking.ts";

/**
 * How many documents have each term, over several segments. Terms have the numbers of the first segment; only those that it does not
 * have are kept by their text, since that is what takes time when there are tens of thousands of them.
 */
export class TermCounts {
  readonly #base: TermsColumn;
  readonly #baseSize: number;
  readonly #further = new FurtherTerms();
  #counts: Uint32Array = new Uint32Array(0);

  /** @param base - The column of the first segment. */
  constructor(base: TermsColumn) {
    this.#base = base;
    this.#baseSize = base.dictionary.size;
  }

  /** Counts all documents of a segment before `documents`. */
  takeAll(column: TermsColumn, documents: number): void {
    const counts = column.countTerms(documents);
    if (column === this.#base && this.#counts.length === 0) {
      this.#counts = counts;
      return;
    }
    const shared = column.dictionary.numbersIn(this.#base.dictionary);
    for (let term = 0; term < counts.length; term++) {
      const count = counts[term] ?? 0;
      if (count > 0) this.#add(this.#numberBy(shared[term], column, term), count);
    }
  }

  /** Counts documents of a segment one by one. */
  segment(column: TermsColumn): (document: number) => void {
    // Made for the first document: most searches of alerts match none, and there may be a million terms.
    let known: Int32Array | undefined;
    const one = (term: number): void => {
      known ??= new Int32Array(column.dictionary.size).fill(-1);
      let number = known[term] ?? -1;
      if (number === -1) known[term] = number = this.#numberOf(column, term);
      this.#add(number, 1);
    };
    return (document) => {
      const single = column.single(document);
      if (single >= 0) one(single);
      else if (single === SEVERAL_TERMS) column.each(document, one);
    };
  }

  #numberOf(column: TermsColumn, term: number): number {
    if (column === this.#base) return term;
    return this.#numberBy(this.#base.dictionary.find(column.dictionary.term(term)), column, term);
  }

  /** @param shared - Number of the term in the first segment, which may have got more terms meanwhile. */
  #numberBy(shared: number | undefined, column: TermsColumn, term: number): number {
    if (shared !== undefined && shared !== NOT_SHARED && shared < this.#baseSize) return shared;
    return this.#baseSize + this.#further.number(column, term);
  }

  #add(number: number, count: number): void {
    if (number >= this.#counts.length) this.#grow();
    this.#counts[number] = (this.#counts[number] ?? 0) + count;
  }

  #grow(): void {
    const grown = new Uint32Array(this.#baseSize + 2 * this.#further.size + 16);
    grown.set(this.#counts);
    this.#counts = grown;
  }

  /** Numbers of the terms that were counted. */
  groups(): number[] {
    const found: number[] = [];
    for (let number = 0; number < this.#counts.length; number++) if (this.count(number) > 0) found.push(number);
    return found;
  }

  count(number: number): number {
    return this.#counts[number] ?? 0;
  }

  term(number: number): string {
    if (number < this.#baseSize) return this.#base.dictionary.term(number);
    return this.#further.term(number - this.#baseSize);
  }

  /** Terms of one segment are in the order of their places. */
  readonly #ordered: Ordered = {
    owner: (number) => (number < this.#baseSize ? -1 : this.#further.owner(number - this.#baseSize)),
    place: (number) =>
      number < this.#baseSize
        ? this.#base.dictionary.ranks().places[number]
        : this.#further.place(number - this.#baseSize),
  };

  /** @param buckets - Those of the aggregation, for the error about a number that none of them has. */
  asCounted(buckets: Buckets): Counted {
    return {
      count: (number) => this.count(number),
      metric: (number, path) => buckets.metric(number, path),
      mostFrequent: (groups, size) => mostFrequent(groups, size, (number) => this.count(number), this.#ordered),
    };
  }
}
