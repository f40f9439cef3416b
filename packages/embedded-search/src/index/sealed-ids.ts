import { Cached } from "./column-cache.ts";
import { GROUP, IdFilter } from "./id-filter.ts";
import { blockOf, candidatesIn, hashId, type IdCandidate, unpackHashes } from "./id-run.ts";
import { storePart, type StoringSteps } from "./sealing.ts";
import { FILTER_NAME, FILTERS_SEGMENT, HASHES_PART, idsPart } from "./segment-parts.ts";
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
  /** Parts of the filter that are to be stored, by name. */
  readonly #unsaved = new Map<string, Uint32Array>();
  #isSaving = false;

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

  /** Of the parts that are stored, and of the hashes of all ids of the other segments. */
  #build(): IdFilter {
    const filter = new IdFilter(this.#store.segmentSize);
    const left = new Map(this.#segments.flatMap((entry) => (entry ? [[entry.number, entry] as const] : [])));
    const positions: (SegmentEntry | undefined)[] = [];
    const unused: string[] = [];
    for (const name of this.#store.filters()) {
      const group = Array.from({ length: GROUP }, (_, i) => left.get(numbersOf(name)[i] ?? 0));
      if (isWorthIt(group) && this.#addStored(filter, name)) {
        positions.push(...group);
        for (const entry of group) left.delete(entry?.number ?? 0);
      } else unused.push(name);
    }
    if (unused.length > 0) this.#store.dropFilters(unused);
    this.#segments.splice(0, this.#segments.length, ...positions);
    for (const entry of left.values()) {
      this.#segments.push(entry);
      this.#fill(filter, entry);
    }
    return filter;
  }

  #addStored(filter: IdFilter, name: string): boolean {
    const words = this.#store.filter(name);
    return words !== undefined && filter.addGroup(words);
  }

  /** Adds the last segment. */
  #fill(filter: IdFilter, { number }: SegmentEntry): void {
    filter.addSegment();
    filter.add(unpackHashes(this.#store.part(number, HASHES_PART)));
    if (this.#segments.length % GROUP === 0) this.#save(this.#segments.slice(-GROUP), filter.lastGroup());
  }

  /** Stores the last part, too, which has not all its segments yet: before the store is closed. */
  saveLast(): void {
    const filter = this.#filter.current;
    const last = this.#segments.slice(this.#segments.length - (this.#segments.length % GROUP));
    if (!filter || !isWorthIt(last)) return;
    this.#unsaved.set(nameOf(last), filter.lastGroup());
    for (const store of this.#saveAll()) store?.();
  }

  /** A part that has all its segments does not change any more. */
  #save(group: readonly (SegmentEntry | undefined)[], words: Uint32Array): void {
    if (!isWorthIt(group) || this.#store.filters().includes(nameOf(group))) return;
    this.#unsaved.set(nameOf(group), words);
    if (this.#isSaving) return;
    this.#isSaving = true;
    const steps = this.#saveAll();
    this.#store.later(() => {
      const { done, value } = steps.next();
      value?.();
      return done !== true || (this.#isSaving = false);
    });
  }

  *#saveAll(): StoringSteps {
    for (const [name, words] of this.#unsaved) {
      this.#unsaved.delete(name);
      yield* storePart(
        FILTERS_SEGMENT,
        name,
        new Uint8Array(words.buffer, words.byteOffset, words.byteLength),
        this.#store,
      );
    }
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

const numbersOf = (name: string): readonly number[] => name.slice(FILTER_NAME.length).split(",").map(Number);

const nameOf = (group: readonly (SegmentEntry | undefined)[]): string =>
  FILTER_NAME + group.map((entry) => entry?.number ?? 0).join(",");

/** Are most of its segments still there? */
const isWorthIt = (group: readonly (SegmentEntry | undefined)[]): boolean =>
  2 * group.filter((entry) => entry !== undefined).length > GROUP;

/** Where ids with this hash are in one segment. */
export const candidatesOf = (hash: number, { number, idBlocks }: SegmentEntry, store: SegmentStore): IdCandidate[] =>
  candidatesIn(store.part(number, idsPart(blockOf(hash, idBlocks))), hash);
