import type { Dictionary } from "./dictionary.ts";

/** Stands for a term that the other dictionary does not have. */
export const NOT_SHARED = -1;

/** What one dictionary has of the terms of another, found once: looking up tens of thousands of texts takes long. */
export class SharedTerms {
  #other: WeakRef<Dictionary> | undefined;
  #otherSize = 0;
  #numbers = new Int32Array(0);

  get memoryBytes(): number {
    return this.#numbers.byteLength;
  }

  /** For each term of `own` its number in `other`, or {@link NOT_SHARED}. Both may have grown since the last time. */
  numbers(own: Dictionary, other: Dictionary): Int32Array {
    const isKnown = this.#other?.deref() === other && this.#otherSize === other.size;
    const known = isKnown ? this.#numbers : new Int32Array(0);
    if (isKnown && known.length === own.size) return known;
    const numbers = new Int32Array(own.size);
    numbers.set(known);
    for (let term = known.length; term < numbers.length; term++)
      numbers[term] = other.find(own.term(term)) ?? NOT_SHARED;
    [this.#other, this.#otherSize, this.#numbers] = [new WeakRef(other), other.size, numbers];
    return numbers;
  }
}
