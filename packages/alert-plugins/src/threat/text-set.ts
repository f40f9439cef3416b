import { randomInt } from "node:crypto";

/** Share of the slots that may be taken. */
const FULLEST = 0.7;

/**
 * A set of short texts of one-byte characters, in half of the memory that a `Set` takes, or less: all bytes one after another, and a table of
 * where each text starts. Exact, since texts are compared and not only their hashes.
 */
export class TextSet {
  #bytes = new Uint8Array(1_024);
  #used = 0;
  /** Where the text of a slot starts, plus 1; 0 is a free slot. */
  #slots = new Uint32Array(1_024);
  #size = 0;
  /** Whoever writes a list shall not choose which slots are taken. */
  readonly #seed = randomInt(2 ** 31);

  get size(): number {
    return this.#size;
  }

  /** Bytes that it takes. */
  get byteLength(): number {
    return this.#bytes.byteLength + this.#slots.byteLength;
  }

  has(text: string): boolean {
    return this.#slots[this.#slotOf(text)] !== 0;
  }

  /** @param text - At most 255 characters. */
  add(text: string): void {
    const slot = this.#slotOf(text);
    if (this.#slots[slot] !== 0) return;
    this.#slots[slot] = this.#append(text) + 1;
    this.#size += 1;
    if (this.#size > this.#slots.length * FULLEST) this.#grow();
  }

  /** Gives back the room that was kept for more. */
  trim(): void {
    this.#bytes = this.#bytes.slice(0, this.#used);
  }

  #append(text: string): number {
    const start = this.#used;
    const end = start + 1 + text.length;
    if (end > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(end, this.#bytes.length * 2));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes[start] = text.length;
    for (let index = 0; index < text.length; index += 1) this.#bytes[start + 1 + index] = text.charCodeAt(index);
    this.#used = end;
    return start;
  }

  /** The slot of a text, or the free one where it would be. */
  #slotOf(text: string): number {
    const mask = this.#slots.length - 1;
    let hash = this.#seed;
    for (let index = 0; index < text.length; index += 1) hash = mixed(hash, text.charCodeAt(index));
    let slot = spread(hash) & mask;
    for (let at = this.#slots[slot] ?? 0; at !== 0 && !this.#isAt(at - 1, text); at = this.#slots[slot] ?? 0)
      slot = (slot + 1) & mask;
    return slot;
  }

  #isAt(start: number, text: string): boolean {
    if (this.#bytes[start] !== text.length) return false;
    for (let index = 0; index < text.length; index += 1)
      if (this.#bytes[start + 1 + index] !== text.charCodeAt(index)) return false;
    return true;
  }

  #grow(): void {
    const slots = new Uint32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let start = 0; start < this.#used;) {
      const end = start + 1 + (this.#bytes[start] ?? 0);
      let hash = this.#seed;
      for (let index = start + 1; index < end; index += 1) hash = mixed(hash, this.#bytes[index] ?? 0);
      let slot = spread(hash) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = start + 1;
      start = end;
    }
    this.#slots = slots;
  }
}

/** FNV-1a, a character at a time. */
const mixed = (hash: number, code: number): number => Math.imul(hash ^ code, 0x01_00_01_93);

/** Lets every bit have a say in the lowest ones. */
const spread = (hash: number): number => {
  const half = Math.imul(hash ^ (hash >>> 16), 0x85_eb_ca_6b);
  return (half ^ (half >>> 13)) >>> 0;
};
