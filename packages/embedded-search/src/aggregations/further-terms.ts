import type { TermsColumn } from "../index/terms-column.ts";

/**
 * The terms that a first segment does not have, numbered from 0 as they are found in others. Those of one segment are distinct, so
 * that their texts are needed only from the second segment on.
 */
export class FurtherTerms {
  readonly #columns: TermsColumn[] = [];
  /** For each term, which of the columns it is of, and its number there. */
  readonly #owners: number[] = [];
  readonly #terms: number[] = [];
  #byText: Map<string, number> | undefined;

  get size(): number {
    return this.#terms.length;
  }

  /** Number of a term, which is asked for once for each column. */
  number(column: TermsColumn, term: number): number {
    if (column !== this.#columns.at(-1)) this.#begin(column);
    const known = this.#byText?.get(column.dictionary.term(term));
    return known ?? this.#add(column, term);
  }

  #begin(column: TermsColumn): void {
    if (this.#columns.length === 1)
      this.#byText = new Map(this.#terms.map((_term, number) => [this.term(number), number]));
    this.#columns.push(column);
  }

  #add(column: TermsColumn, term: number): number {
    const number = this.#terms.push(term) - 1;
    this.#owners.push(this.#columns.length - 1);
    this.#byText?.set(column.dictionary.term(term), number);
    return number;
  }

  term(number: number): string {
    return this.#columns[this.owner(number)]?.dictionary.term(this.#terms[number] ?? 0) ?? "";
  }

  /** Which segment a term is of. */
  owner(number: number): number {
    return this.#owners[number] ?? 0;
  }

  /** Place of a term among those of its segment; undefined when that is not known. */
  place(number: number): number | undefined {
    return this.#columns[this.owner(number)]?.dictionary.ranks().places[this.#terms[number] ?? 0];
  }
}
