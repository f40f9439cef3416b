import type { Dictionary } from "./dictionary.ts";
import { isWellFormed } from "../text/well-formed.ts";
import { countBefore, findText, textAt } from "./packed-texts.ts";
import { compareBytes, type PackedTexts } from "./sort-bytes.ts";
import { type PlaceRange, placesOfSorted, selectSorted } from "./sorted-terms.ts";
import { SharedTerms } from "./shared-terms.ts";
import { placesOf, type TermRanks } from "./term-ranks.ts";
import type { TermTest } from "./term-test.ts";

/** Terms that are remembered with their numbers: alerts ask for the same ones again and again. */
const MOST_REMEMBERED = 1_024;

/** Bytes that a term takes to be found by its text. */
const FOUND_BY_TEXT = 48;

/** Bytes that a text takes besides its characters, with its place in a list. */
const TEXT_OVERHEAD = 32;

/** Terms as they are stored: a text is made of one only when somebody asks for it. */
export class PackedDictionary implements Dictionary {
  readonly #texts: PackedTexts;
  readonly #sorted: Uint32Array;
  readonly #remembered = new Map<string, number | undefined>();
  /** How many terms were looked for, up to when it is worth while to have all by their texts. */
  #looks = 0;
  #numbers: Map<string, number> | undefined;
  #made: (string | undefined)[] | undefined;
  #madeBytes = 0;
  #ranks: TermRanks | undefined;
  readonly #shared = new SharedTerms();

  constructor(texts: PackedTexts, sorted: Uint32Array) {
    this.#texts = texts;
    this.#sorted = sorted;
  }

  get size(): number {
    return this.#sorted.length;
  }

  /** What it takes beyond what is stored. */
  get madeBytes(): number {
    const ranked = this.#ranks ? 4 * this.size : 0;
    return (
      this.#madeBytes +
      ranked +
      this.#shared.memoryBytes +
      100 * this.#remembered.size +
      FOUND_BY_TEXT * (this.#numbers?.size ?? 0)
    );
  }

  find(term: string): number | undefined {
    if (this.#numbers) return this.#numbers.get(term);
    const known = this.#remembered.get(term);
    if (known !== undefined || this.#remembered.has(term)) return known;
    if (++this.#looks > MOST_REMEMBERED + this.size / 8) return this.#index().get(term);
    const number = findText(this.#texts, this.#sorted, term);
    if (this.#remembered.size >= MOST_REMEMBERED) this.#remembered.clear();
    if (term.length < 256) this.#remembered.set(term, number);
    return number;
  }

  /** Aggregations look for each term of one segment in another one. */
  #index(): Map<string, number> {
    this.#numbers = new Map(this.terms().map((term, number) => [term, number]));
    this.#remembered.clear();
    return this.#numbers;
  }

  term(number: number): string {
    return this.#made?.[number] ?? this.#make(number);
  }

  numbersIn(other: Dictionary): Int32Array {
    return this.#shared.numbers(this, other);
  }

  ranks(): TermRanks {
    this.#ranks ??= { places: placesOf(this.#sorted), around: (text) => this.#around(text) };
    return this.#ranks;
  }

  #around(text: string): ReturnType<TermRanks["around"]> {
    if (!isWellFormed(text)) return undefined;
    const wanted = Buffer.from(text);
    const before = countBefore(this.#texts, this.#sorted, wanted);
    const next = this.#sorted[before];
    const isThere = next !== undefined && compareBytes(this.#texts, next, wanted) === 0;
    return { before, upTo: before + Number(isThere) };
  }

  #make(number: number): string {
    const text = textAt(this.#texts, number);
    if (this.#made === undefined) {
      this.#made = Array.from({ length: this.size });
      this.#madeBytes = 8 * this.size;
    }
    this.#made[number] = text;
    this.#madeBytes += TEXT_OVERHEAD + text.length;
    return text;
  }

  terms(): readonly string[] {
    const terms: string[] = [];
    for (let number = 0; number < this.size; number++) terms.push(this.term(number));
    return terms;
  }

  placesOf(test: TermTest): PlaceRange {
    return placesOfSorted((number) => this.term(number), this.#sorted, test);
  }

  select(test: TermTest): number[] {
    return selectSorted((number) => this.term(number), this.#sorted, test);
  }
}
