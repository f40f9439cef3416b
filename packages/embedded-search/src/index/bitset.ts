/** A set of small whole numbers. */
export class Bitset {
  readonly #words: Uint32Array;

  constructor(words: Uint32Array) {
    this.#words = words;
  }

  static empty(size: number): Bitset {
    return new Bitset(new Uint32Array(Math.ceil(size / 32)));
  }

  has(member: number): boolean {
    return ((this.#words[member >>> 5] ?? 0) & (1 << (member & 31))) !== 0;
  }

  add(member: number): void {
    this.#words[member >>> 5] = (this.#words[member >>> 5] ?? 0) | (1 << (member & 31));
  }

  /** A copy that can hold members below `size`. */
  copy(size: number): Bitset {
    const words = new Uint32Array(Math.max(Math.ceil(size / 32), this.#words.length));
    words.set(this.#words);
    return new Bitset(words);
  }
}
