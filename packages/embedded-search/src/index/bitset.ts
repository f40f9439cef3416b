/** A set of small integers. */
export class Bitset {
  readonly #words: Uint32Array;

  constructor(words: Uint32Array) {
    this.#words = words;
  }

  static empty(size: number): Bitset {
    return new Bitset(new Uint32Array(Math.ceil(size / 32)));
  }

  /** One more than the greatest member that it can have. */
  get capacity(): number {
    return 32 * this.#words.length;
  }

  has(member: number): boolean {
    return ((this.#words[member >>> 5] ?? 0) & (1 << (member & 31))) !== 0;
  }

  add(member: number): void {
    this.#words[member >>> 5] = (this.#words[member >>> 5] ?? 0) | (1 << (member & 31));
  }

  /** First member from this number on, or -1. */
  next(from: number): number {
    let at = from >>> 5;
    let word = (this.#words[at] ?? 0) & (-1 << (from & 31));
    while (word === 0) {
      if (++at >= this.#words.length) return -1;
      word = this.#words[at] ?? 0;
    }
    return (at << 5) + 31 - Math.clz32(word & -word);
  }

  /** Adds the members from one on, a multiple of 32, to the words of a smaller set that starts there. */
  addTo(words: Int32Array, from: number): void {
    const first = from >>> 5;
    const count = Math.min(words.length, this.#words.length - first);
    for (let at = 0; at < count; at++) words[at] = (words[at] ?? 0) | (this.#words[first + at] ?? 0);
  }

  /** The number of members. */
  count(): number {
    let sum = 0;
    for (let word of this.#words) for (; word !== 0; word &= word - 1) sum++;
    return sum;
  }

  /** As a store keeps it. */
  toBytes(): Uint8Array {
    return new Uint8Array(this.#words.slice().buffer);
  }

  static fromBytes(bytes: Uint8Array): Bitset {
    return new Bitset(new Uint32Array(bytes.slice().buffer));
  }

  /** A copy that can hold members below `size`. */
  copy(size: number): Bitset {
    const words = new Uint32Array(Math.max(Math.ceil(size / 32), this.#words.length));
    words.set(this.#words);
    return new Bitset(words);
  }
}
