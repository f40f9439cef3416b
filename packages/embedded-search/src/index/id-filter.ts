import { mixed } from "./id-run.ts";

/** Segments that share the words of one group: one bit each. */
export const GROUP = 32;

/** Bits for each id. With so many, six looks say of one segment in a thousand that it may have an id which it has not. */
const BITS_PER_ID = 16;
const LOOKS = 6;

/**
 * Says which segments may have an id: a Bloom filter of each segment, their bits side by side, so that one look is a look at 32 of them.
 * Most ids that are asked for are new, and then hardly any segment has to be asked.
 */
export class IdFilter {
  readonly #mask: number;
  readonly #groups: Uint32Array[] = [];
  #segments = 0;

  /** @param segmentSize - Most ids of a segment. */
  constructor(segmentSize: number) {
    this.#mask = 2 ** Math.max(8, Math.ceil(Math.log2(segmentSize * BITS_PER_ID))) - 1;
  }

  get memoryBytes(): number {
    return this.#groups.length * 4 * (this.#mask + 1);
  }

  /** Adds a segment. Its position is the number of segments before it. */
  addSegment(): void {
    if (this.#segments++ % GROUP === 0) this.#groups.push(new Uint32Array(this.#mask + 1));
  }

  /**
   * Adds the words of as many segments as share them, before any other segment.
   *
   * @returns false when they are of a filter of another size.
   */
  addGroup(words: Uint32Array): boolean {
    if (words.length !== this.#mask + 1) return false;
    this.#groups.push(words);
    this.#segments += GROUP;
    return true;
  }

  /** The words that the last segments share. */
  lastGroup(): Uint32Array {
    return this.#groups.at(-1) ?? new Uint32Array(0);
  }

  /** Adds ids to the last segment. */
  add(hashes: Uint32Array): void {
    const words = this.#groups.at(-1);
    const bit = 1 << ((this.#segments - 1) % GROUP);
    if (!words) return;
    for (const hash of hashes) {
      const step = stepOf(hash);
      for (let look = 0, at = hash; look < LOOKS; look++, at = (at + step) | 0) {
        const word = at & this.#mask;
        words[word] = (words[word] ?? 0) | bit;
      }
    }
  }

  /** Positions of the segments that may have it. The newest come first: they are the most likely. */
  find(hash: number): number[] {
    const step = stepOf(hash);
    const found: number[] = [];
    for (let group = this.#groups.length - 1; group >= 0; group--) {
      const words = this.#groups[group];
      let bits = -1;
      for (let look = 0, at = hash; look < LOOKS && bits !== 0; look++, at = (at + step) | 0)
        bits &= words?.[at & this.#mask] ?? 0;
      for (let position = GROUP - 1; bits !== 0; position--)
        if ((bits & (1 << position)) !== 0) {
          found.push(group * GROUP + position);
          bits &= ~(1 << position);
        }
    }
    return found;
  }
}

/** Odd, so that all looks differ. */
const stepOf = (hash: number): number => mixed(hash ^ 0x9e37_79b9) | 1;
