import type { Dictionary } from "./dictionary.ts";
import { grown } from "./growable.ts";
import { buildPostings, type EachTerm, isStale, noPostings, type Postings, postingsInSteps } from "./postings.ts";
import type { Steps } from "./steps.ts";
import { TermDictionary } from "./term-dictionary.ts";

/** Separates two values of one document: as many empty positions as the field's gap. */
export const GAP = 0xffff_ffff;

/** Tests those of some tokens that are from `start` on, before `end`. */
export type TokensTest = (tokens: Uint32Array, start: number, end: number) => boolean;

/** A column as it is stored. */
export interface TextImage {
  readonly dictionary: Dictionary;
  readonly tokens: Uint32Array;
  readonly ends: Uint32Array;
  readonly present: Uint8Array;
  readonly postings: Postings;
}

/** The tokens of a text field in order, document after document. */
export class TextColumn {
  readonly kind = "text";
  readonly dictionary: Dictionary;
  readonly #added = new TermDictionary();
  readonly positionGap: number;
  #tokens: Uint32Array;
  #used: number;
  /** End of each document's tokens, and 1 in `#present` when it has a value, even one without tokens. */
  #ends: Uint32Array;
  #present: Uint8Array;
  #documents: number;
  #postings: Postings;

  /** @param image - A column that is complete; nothing can be added to it. */
  constructor(positionGap: number, image?: TextImage) {
    this.positionGap = positionGap;
    this.dictionary = image?.dictionary ?? this.#added;
    this.#tokens = image?.tokens ?? new Uint32Array(0);
    this.#used = this.#tokens.length;
    this.#ends = image?.ends ?? new Uint32Array(0);
    this.#present = image?.present ?? new Uint8Array(0);
    this.#documents = this.#ends.length;
    this.#postings = image?.postings ?? noPostings;
  }

  /** Everything that is needed to restore what was added, of the documents before `documents`. */
  added(documents: number): Omit<TextImage, "dictionary"> {
    const end = Math.min(documents, this.#documents);
    return {
      tokens: this.#tokens.slice(0, this.#used),
      ends: this.#ends.slice(0, end),
      present: this.#present.slice(0, end),
      postings: this.postings(documents, true),
    };
  }

  add(document: number, terms: readonly string[]): void {
    this.#reach(document);
    this.#tokens = grown(this.#tokens, this.#used + terms.length + 1, 0);
    if (this.#present[document] === 1) this.#tokens[this.#used++] = GAP;
    this.#present[document] = 1;
    for (const term of terms) this.#tokens[this.#used++] = this.#added.add(term);
    this.#ends[document] = this.#used;
  }

  /** Documents without the field end where the previous one does. */
  #reach(document: number): void {
    if (document < this.#documents) return;
    this.#ends = grown(this.#ends, document + 1, 0);
    this.#present = grown(this.#present, document + 1, 0);
    this.#ends.fill(this.#used, this.#documents, document + 1);
    this.#documents = document + 1;
  }

  has(document: number): boolean {
    return this.#present[document] === 1;
  }

  hasTerm(document: number, term: number): boolean {
    const end = this.#ends[document] ?? 0;
    for (let at = this.#start(document); at < end; at++) if (this.#tokens[at] === term) return true;
    return false;
  }

  hasAny(document: number, selected: Uint8Array): boolean {
    const end = this.#ends[document] ?? 0;
    for (let at = this.#start(document); at < end; at++) if (selected[this.#tokens[at] ?? GAP] === 1) return true;
    return false;
  }

  hasTermWhere(document: number, passes: (term: number) => boolean): boolean {
    const end = this.#ends[document] ?? 0;
    for (let at = this.#start(document); at < end; at++) {
      const token = this.#tokens[at] ?? GAP;
      if (token !== GAP && passes(token)) return true;
    }
    return false;
  }

  /** Are these terms next to each other, in this order, in one value? */
  hasSequence(document: number, terms: readonly number[]): boolean {
    const [tokens, first, length] = [this.#tokens, terms[0], terms.length];
    const last = (this.#ends[document] ?? 0) - length;
    for (let at = this.#start(document); at <= last; at++) {
      if (tokens[at] !== first) continue;
      let matched = 1;
      while (matched < length && tokens[at + matched] === terms[matched]) matched++;
      if (matched === length) return true;
    }
    return false;
  }

  /** Do the tokens of one document, with {@link GAP} between its values, pass a test? */
  passes(document: number, test: TokensTest): boolean {
    return test(this.#tokens, this.#start(document), this.#ends[document] ?? 0);
  }

  #start(document: number): number {
    if (document >= this.#documents) return this.#used;
    return document === 0 ? 0 : (this.#ends[document - 1] ?? 0);
  }

  /** Lists by term that cover most of the documents before `documents`. @param all - Cover all of them. */
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
    const seen = new Int32Array(this.dictionary.size).fill(-1);
    const limit = Math.min(to, this.#documents);
    let at = this.#start(from);
    for (let document = from; document < limit; document++)
      for (const end = this.#ends[document] ?? 0; at < end; at++) {
        const term = this.#tokens[at] ?? GAP;
        if (term === GAP || seen[term] === document) continue;
        seen[term] = document;
        visit(document, term);
      }
  };
}
