import type { ParsedDocument } from "../document/parse-document.ts";
import { Sealing, type StoringSteps } from "./sealing.ts";
import type { SegmentEntry, SegmentStore } from "./segment-store.ts";
import { OpenSegment, type Segment } from "./segment.ts";
import { Slot } from "./slot.ts";
import { ranges } from "./steps.ts";

/** A document as it was written and as its mapping reads it now. */
export interface StoredSource {
  readonly source: string;
  readonly parsed: ParsedDocument;
}

/** Reads stored documents of a segment again. */
export type ReadAgain = (segment: Segment, documents: readonly number[]) => readonly StoredSource[];

/** Documents that are read again in one step. */
const DOCUMENTS_A_STEP = 64;

/** What is not copied. */
const NOWHERE = -1;

/**
 * Makes one stored segment of neighboring ones, without what is deleted, in steps. Until it is put in their place they are read and
 * written as before.
 */
export class Merging {
  readonly slots: readonly Slot[];
  readonly segment: OpenSegment;
  readonly #places = new Map<string, number>();
  /** For each slot, where its documents are in the new segment. */
  readonly #copies: readonly Int32Array[];
  readonly #steps: StoringSteps;
  readonly #read: ReadAgain;
  #entry: SegmentEntry | undefined;
  #hasFailed = false;

  constructor(slots: readonly Slot[], store: SegmentStore, read: ReadAgain) {
    this.slots = slots;
    this.segment = new OpenSegment(false, store.segmentSize);
    this.#copies = slots.map(({ segment }) => new Int32Array(segment.size).fill(NOWHERE));
    this.#read = read;
    this.#steps = this.#merge(store);
  }

  /** What is stored once it is done. */
  get entry(): SegmentEntry | undefined {
    return this.#entry;
  }

  /** Did something turn out to be damaged, or not to fit its mapping? Then all stays as it is, and whoever asks for it is told. */
  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  get isUnderWay(): boolean {
    return this.#entry === undefined && !this.#hasFailed;
  }

  /** What it could not store is stored later by the store itself. */
  step(): void {
    this.#advance()?.();
  }

  #advance(): (() => void) | undefined {
    try {
      return this.#steps.next().value ?? undefined;
    } catch {
      this.#hasFailed = true;
      return undefined;
    }
  }

  *#merge(store: SegmentStore): StoringSteps {
    for (const [i, slot] of this.slots.entries())
      for (const [from, to] of ranges(slot.segment.size, DOCUMENTS_A_STEP)) {
        this.#copy(slot, this.#copies[i] ?? new Int32Array(0), from, to);
        yield;
      }
    const sealing = new Sealing(this.segment, store);
    while (!sealing.isDone) yield () => sealing.step();
    this.#entry = sealing.entry;
  }

  #copy(slot: Slot, copies: Int32Array, from: number, to: number): void {
    const documents = Array.from({ length: to - from }, (_, i) => from + i).filter(
      (document) => !slot.isGone(document),
    );
    const { segment } = slot;
    for (const [i, { source, parsed }] of this.#read(segment, documents).entries()) {
      const document = documents[i] ?? 0;
      const id = segment.id(document);
      const copy = this.segment.add(id, segment.sequence(document), segment.version(document), source, parsed);
      copies[document] = copy;
      this.#places.set(id, copy);
    }
  }

  /** What comes in the place of the others: without what was deleted since it was copied. */
  merged(): Slot {
    const slot = new Slot(this.segment, this.#places);
    for (const [i, { segment }] of this.slots.entries())
      for (const [document, copy] of (this.#copies[i] ?? new Int32Array(0)).entries())
        if (copy !== NOWHERE && this.slots[i]?.isGone(document) === true) slot.remove(copy, segment.id(document));
    return slot;
  }
}

/** Segments of which so many, of about one size, are merged. */
const MERGED_AT_LEAST = 4;

/**
 * Which segments to merge: one of which most is deleted, or the most neighbors that fit into one segment of which none is a large part. So a
 * document is copied once each time its segment becomes four times as large, and few small segments are left.
 *
 * @param most - Documents of a segment.
 */
export const chooseMerge = (slots: readonly Slot[], most: number): readonly Slot[] | undefined => {
  const shrunk = slots.find((slot) => isAtRest(slot) && isMostlyDeleted(slot) && slot.live > 0);
  if (shrunk) return [shrunk];
  let chosen: readonly Slot[] | undefined;
  for (let from = 0; from < slots.length; from++) {
    const window = windowFrom(slots, from, most);
    if (window.length > (chosen?.length ?? MERGED_AT_LEAST - 1)) chosen = window;
  }
  return chosen;
};

/** The longest one that starts there. */
const windowFrom = (slots: readonly Slot[], from: number, most: number): readonly Slot[] => {
  let [sum, greatest, end] = [0, 0, from];
  for (let at = from; at < slots.length; at++) {
    const slot = slots[at];
    if (!slot || !isAtRest(slot) || MERGED_AT_LEAST * slot.live > most || sum + slot.live > most) break;
    sum += slot.live;
    greatest = Math.max(greatest, slot.live);
    if (MERGED_AT_LEAST * greatest <= sum) end = at + 1;
  }
  return slots.slice(from, end);
};

const isAtRest = ({ open, entry, isMergeable }: Slot): boolean => !open && entry !== undefined && isMergeable;

/** Is more of it deleted than not? */
export const isMostlyDeleted = ({ goneCount, segment }: Slot): boolean => goneCount > segment.size / 2;
