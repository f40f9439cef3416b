/** The distinct terms of one field in one segment, numbered in order of first appearance. */
export class TermDictionary {
  readonly #terms: string[];
  /** Numbers by term; made when first asked for where the terms come from a stored image. */
  #numbers: Map<string, number> | undefined;

  /** @param terms - The terms of a stored image, by number. */
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
    const numbers = this.#numbers ?? this.#index();
    const known = numbers.get(term);
    if (known !== undefined) return known;
    const number = this.#terms.length;
    numbers.set(term, number);
    this.#terms.push(term);
    return number;
  }

  /** Number of a term, or undefined when the segment does not have it. */
  find(term: string): number | undefined {
    return this.#index().get(term);
  }

  term(number: number): string {
    return this.#terms[number] ?? "";
  }

  /** All terms, in order of their numbers. */
  terms(): readonly string[] {
    return this.#terms;
  }

  /** One byte a term: 1 for those that pass. */
  select(passes: (term: string) => boolean): Uint8Array {
    const selected = new Uint8Array(this.#terms.length);
    for (let number = 0; number < this.#terms.length; number++) {
      if (passes(this.#terms[number] ?? "")) selected[number] = 1;
    }
    return selected;
  }
}
