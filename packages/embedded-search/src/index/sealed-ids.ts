import { Cached } from "./column-cache.ts";
import { IdFilter } from "./id-filter.ts";
import { blockOf, candidatesIn, hashId, type IdCandidate, unpackHashes } from "./id-run.ts";
import { HASHES_PART, idsPart } from "./segment-parts.ts";
import type { SegmentEntry, SegmentStore } from "./segment-store.ts";

/** Where an id may be, by number of the segment. */
export interface SealedCandidate extends IdCandidate {
  readonly segment: number;
}

/** Finds ids in stored segments: a filter says where to look, and there a block of the list of ids is read. */
export class SealedIds {
  readonly #store: SegmentStore;
  /** By position in the filter; undefined for those that are gone. */
  readonly #segments: (SegmentEntry | undefined)[] = [];
  readonly #filter: Cached<IdFilter>;

  constructor(store: SegmentStore) {
    this.#store = store;
    this.#filter = new Cached(store.cache, () => {
      const filter = this.#build();
      return { value: filter, memoryBytes: () => filter.memoryBytes };
    });
  }

  add(entry: SegmentEntry): void {
    this.#segments.push(entry);
    const filter = this.#filter.current;
    if (filter) this.#fill(filter, entry);
  }

  remove(number: number): void {
    const position = this.#segments.findIndex((entry) => entry?.number === number);
    if (position >= 0) this.#segments[position] = undefined;
  }

  #build(): IdFilter {
    const filter = new IdFilter(this.#store.segmentSize);
    const left = this.#segments.filter((entry) => entry !== undefined);
    this.#segments.splice(0, this.#segments.length, ...left);
    for (const entry of left) this.#fill(filter, entry);
    return filter;
  }

  #fill(filter: IdFilter, { number }: SegmentEntry): void {
    filter.addSegment();
    filter.add(unpackHashes(this.#store.part(number, HASHES_PART)));
  }

  find(id: string): SealedCandidate[] {
    if (this.#segments.length === 0) return [];
    const hash = hashId(id, this.#store.seed);
    const found: SealedCandidate[] = [];
    for (const position of this.#filter.get().find(hash)) {
      const entry = this.#segments[position];
      if (!entry) continue;
      for (const candidate of candidatesOf(hash, entry, this.#store))
        found.push({ ...candidate, segment: entry.number });
    }
    return found;
  }
}

/** Where ids with this hash are in one segment. */
export const candidatesOf = (hash: number, { number, idBlocks }: SegmentEntry, store: SegmentStore): IdCandidate[] =>
  candidatesIn(store.part(number, idsPart(blockOf(hash, idBlocks))), hash);
