import type { Dictionary } from "./dictionary.ts";
import { grown } from "./growable.ts";
import { buildPostings, type EachTerm, isStale, noPostings, type Postings, postingsInSteps } from "./postings.ts";
import type { Several } from "./several.ts";
import type { PlaceRange } from "./sorted-terms.ts";
import type { Steps } from "./steps.ts";
import type { TermRanks } from "./term-ranks.ts";
import { TermDictionary } from "./term-dictionary.ts";

/** What {@link TermsColumn.single} says of a document with more than one term. */
export const SEVERAL_TERMS = -2;

/** The places of terms that are looked for. */
export interface Within extends PlaceRange, Pick<TermRanks, "places"> {
  /** Is a term looked for that has no place? */
  readonly passes: (term: number) => boolean;
}

/** A column as it is stored. */
export interface TermsImage {
  readonly dictionary: Dictionary;
  readonly first: Uint32Array;
  readonly several: Several;
  readonly postings: Postings;
}

/** The terms of a keyword or ip field: a dictionary number for each document; further ones are kept apart. */
export class TermsColumn {
  readonly kind = "terms";
  readonly dictionary: Dictionary;
  readonly #added = new TermDictionary();
  /** Number of the first term plus one; 0 = none. */
  #first: Uint32Array;
  /** All terms of the documents that have more than one, ascending in number. */
  readonly #several: Several;
  readonly #addedSeveral = new Map<number, number[]>();
  #postings: Postings;

  /** @param image - A column that is complete; nothing can be added to it. */
  constructor(image?: TermsImage) {
    this.dictionary = image?.dictionary ?? this.#added;
    this.#first = image?.first ?? new Uint32Array(0);
    this.#several = image?.several ?? this.#addedSeveral;
    this.#postings = image?.postings ?? noPostings;
  }

  /** Everything that is needed to restore what was added, of the documents before `documents`. */
  added(documents: number): {
    first: Uint32Array;
    several: ReadonlyMap<number, readonly number[]>;
    postings: Postings;
  } {
    const first = this.#first.slice(0, documents);
    return { first, several: this.#addedSeveral, postings: this.postings(documents, true) };
  }

  add(document: number, value: string): void {
    const term = this.#added.add(value);
    this.#first = grown(this.#first, document + 1, 0);
    const first = this.#first[document] ?? 0;
    if (first === 0) this.#first[document] = term + 1;
    else this.#addFurther(document, first - 1, term);
  }

  #addFurther(document: number, first: number, term: number): void {
    const terms = this.#addedSeveral.get(document) ?? [first];
    if (terms.includes(term)) return;
    terms.push(term);
    this.#addedSeveral.set(document, terms);
  }

  has(document: number): boolean {
    return (this.#first[document] ?? 0) !== 0;
  }

  hasTerm(document: number, term: number): boolean {
    const first = this.#first[document] ?? 0;
    if (first === term + 1) return true;
    return first !== 0 && this.#several.size > 0 && (this.#several.get(document)?.includes(term) ?? false);
  }

  hasAny(document: number, selected: Uint8Array): boolean {
    const first = this.#first[document] ?? 0;
    if (first === 0) return false;
    if (selected[first - 1] === 1) return true;
    if (this.#several.size === 0) return false;
    return this.#several.get(document)?.some((term) => selected[term] === 1) ?? false;
  }

  hasTermWhere(document: number, passes: (term: number) => boolean): boolean {
    const first = this.#first[document] ?? 0;
    if (first === 0) return false;
    const several = this.#several.size === 0 ? undefined : this.#several.get(document);
    return several === undefined ? passes(first - 1) : several.some(passes);
  }

  /** Has no document more than one term? */
  get isSingle(): boolean {
    return this.#several.size === 0;
  }

  /** The first term of a document, -1 when it has none. */
  first(document: number): number {
    return (this.#first[document] ?? 0) - 1;
  }

  /** The only term of a document; -1 when it has none, {@link SEVERAL_TERMS} when it has more. */
  single(document: number): number {
    if (this.#several.size > 0 && this.#several.has(document)) return SEVERAL_TERMS;
    return (this.#first[document] ?? 0) - 1;
  }

  /** The distinct terms of one document. */
  each(document: number, visit: (term: number) => void): void {
    const first = this.#first[document] ?? 0;
    if (first === 0) return;
    const several = this.#several.size === 0 ? undefined : this.#several.get(document);
    if (several === undefined) visit(first - 1);
    else for (const term of several) visit(term);
  }

  /**
   * First document from `from` on, before `end`, that may have a term whose place is within these bounds, both included; `end`
   * when there is none. Those with several terms, or one without a place, may.
   */
  nextWithin(
    from: number,
    end: number,
    { places }: TermRanks,
    { least, greatest }: { readonly least: number; readonly greatest: number },
  ): number {
    const areSingle = this.#several.size === 0;
    for (let document = from; document < end; document++) {
      const first = this.#first[document] ?? 0;
      if (first === 0) continue;
      const place = places[first - 1];
      if (place === undefined || (place >= least && place <= greatest)) return document;
      if (!areSingle && this.#several.has(document)) return document;
    }
    return end;
  }

  /** Has it a term whose place is in a range? Terms without a place are tested. */
  isWithin(document: number, { start, end, places, passes }: Within): boolean {
    return this.hasTermWhere(document, (term) => {
      const place = places[term];
      return place === undefined ? passes(term) : place >= start && place < end;
    });
  }

  /** Which documents of a stretch of 32 at most are {@link TermsColumn.isWithin}, as bits; that of a document is its number modulo 32. */
  bitsWithin(from: number, to: number, within: Within): number {
    const { start, end, places } = within;
    const areSingle = this.#several.size === 0;
    let bits = 0;
    for (let document = from; document < to; document++) {
      const first = this.#first[document] ?? 0;
      const place = first === 0 ? -1 : places[first - 1];
      const isIn =
        areSingle && place !== undefined
          ? Number(place >= start) & Number(place < end)
          : Number(this.isWithin(document, within));
      bits |= isIn << (document & 31);
    }
    return bits;
  }

  /** How many of the documents before `documents` have each term, by number of the term. */
  countTerms(documents: number): Uint32Array {
    const counts = new Uint32Array(this.dictionary.size);
    const limit = Math.min(documents, this.#first.length);
    const areSingle = this.#several.size === 0;
    for (let document = 0; document < limit; document++) {
      const first = this.#first[document] ?? 0;
      if (first === 0) continue;
      if (areSingle) counts[first - 1] = (counts[first - 1] ?? 0) + 1;
      else this.each(document, (term) => (counts[term] = (counts[term] ?? 0) + 1));
    }
    return counts;
  }

  /** Lists by term that cover most of the documents before `documents`; the rest has to be looked at one by one. @param all - Cover all of them. */
  postings(documents: number, all = false): Postings {
    if (all ? this.#postings.documents < documents : isStale(this.#postings, documents))
      this.#postings = buildPostings(this.dictionary.size, documents, this.#eachTerm);
    return this.#postings;
  }

  /** Lists of all documents, in steps; nothing may be added meanwhile. */
  *fillPostings(documents: number): Steps<void> {
    if (this.#postings.documents < documents)
      this.#postings = yield* postingsInSteps(this.dictionary.size, documents, this.#eachTerm);
  }

  readonly #eachTerm: EachTerm = (from, to, visit) => {
    const limit = Math.min(to, this.#first.length);
    for (let document = from; document < limit; document++) this.each(document, (term) => visit(document, term));
  };
}
