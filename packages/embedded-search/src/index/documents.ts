import type { ParsedDocument } from "../document/parse-document.ts";
import { Bitset } from "./bitset.ts";
import { ReplacedSources } from "./replaced-sources.ts";
import { Segment, type SegmentImage, SEGMENT_SIZE } from "./segment.ts";
import type { SegmentView, Snapshot } from "./snapshot.ts";

/** A document that exists now, whether or not searches see it yet. */
export interface Located {
  readonly segment: Segment;
  readonly document: number;
}

/** A document as it was written and as its mapping reads it now. */
export interface StoredSource {
  readonly source: string;
  readonly parsed: ParsedDocument;
}

/** A segment and what searches may see of it. */
interface Slot {
  segment: Segment;
  visible: number;
  deleted: Bitset | undefined;
  deletedCount: number;
  /** Deleted since the last refresh. */
  readonly pending: number[];
}

/** The documents of one index: written at once, seen by searches after {@link Documents.refresh}. */
export class Documents {
  readonly #keepsSources: boolean;
  readonly #onSealed: (segment: Segment, number: number) => void;
  #slots: Slot[] = [];
  /** Number of the slot times {@link SEGMENT_SIZE} plus number of the document, by id. */
  readonly #places = new Map<string, number>();
  #snapshot: Snapshot = [];
  #replaced = new ReplacedSources();
  #changed = false;

  /** @param onSealed - Called for each segment that is full, and again when it was rewritten. */
  constructor(keepsSources: boolean, onSealed: (segment: Segment, number: number) => void = () => undefined) {
    this.#keepsSources = keepsSources;
    this.#onSealed = onSealed;
  }

  /** Documents that exist now. */
  get count(): number {
    return this.#places.size;
  }

  /** Estimated memory, in bytes. */
  get memoryBytes(): number {
    return this.#slots.reduce((sum, { segment }) => sum + segment.memoryBytes, 0);
  }

  /** Has anything been written since the last refresh? */
  get hasChanges(): boolean {
    return this.#changed;
  }

  find(id: string): Located | undefined {
    const place = this.#places.get(id);
    if (place === undefined) return undefined;
    const slot = this.#slots[Math.floor(place / SEGMENT_SIZE)];
    return slot && { segment: slot.segment, document: place % SEGMENT_SIZE };
  }

  /** Adds a document; an earlier one with the same id disappears at the next refresh. */
  put(id: string, sequence: number, version: number, source: string, parsed: ParsedDocument): void {
    this.remove(id);
    const number = this.#openSlot();
    const document = this.#slots[number]?.segment.add(id, sequence, version, source, parsed) ?? 0;
    this.#places.set(id, number * SEGMENT_SIZE + document);
    this.#changed = true;
  }

  #openSlot(): number {
    const last = this.#slots.length - 1;
    if (last >= 0 && this.#slots[last]?.segment.isFull === false) return last;
    const full = this.#slots[last]?.segment;
    if (full) this.#seal(full, last);
    const segment = new Segment(this.#keepsSources);
    this.#slots.push({ segment, visible: 0, deleted: undefined, deletedCount: 0, pending: [] });
    return last + 1;
  }

  #seal(segment: Segment, number: number): void {
    segment.seal();
    this.#onSealed(segment, number);
  }

  /**
   * Restores a stored segment, after the existing ones.
   *
   * @param isStored - Does the document still exist? Asked in order.
   */
  restore(image: SegmentImage, isStored: (sequence: number) => boolean): void {
    const segment = new Segment(this.#keepsSources, image);
    const number = this.#slots.length;
    const deleted = Bitset.empty(segment.size);
    let deletedCount = 0;
    for (let document = 0; document < segment.size; document++)
      if (isStored(segment.sequence(document)))
        this.#places.set(segment.id(document), number * SEGMENT_SIZE + document);
      else {
        deleted.add(document);
        deletedCount++;
      }
    const slot = { segment, visible: segment.size, deleted: deletedCount === 0 ? undefined : deleted, deletedCount };
    this.#slots.push({ ...slot, pending: [] });
    this.#changed = true;
  }

  /** Keeps the source of a document about to be dropped for snapshots that still see it. */
  keepReplaced(sequence: number, source: string): void {
    this.#replaced.keep(sequence, source);
  }

  remove(id: string): void {
    const place = this.#places.get(id);
    if (place === undefined) return;
    this.#places.delete(id);
    this.#slots[Math.floor(place / SEGMENT_SIZE)]?.pending.push(place % SEGMENT_SIZE);
    this.#changed = true;
  }

  /**
   * Makes all writes so far visible to new searches.
   *
   * @param read - Reads a stored document again, when a segment consists mostly of deleted ones and is rewritten without them.
   */
  refresh(read: (segment: Segment, document: number) => StoredSource): void {
    if (!this.#changed) return;
    this.#replaced = this.#replaced.continued();
    for (const [number, slot] of this.#slots.entries()) {
      publish(slot);
      if (slot.segment.isFull && slot.deletedCount > slot.segment.size / 2) this.#compact(slot, number, read);
    }
    this.#snapshot = this.#slots.map((slot, number): SegmentView => ({
      segment: slot.segment,
      visible: slot.visible,
      deleted: slot.deleted,
      replaced: this.#replaced,
      base: number * SEGMENT_SIZE,
    }));
    this.#changed = false;
  }

  /** Older snapshots keep the previous segment. */
  #compact(slot: Slot, number: number, read: (segment: Segment, document: number) => StoredSource): void {
    const { segment: old, deleted } = slot;
    const segment = new Segment(this.#keepsSources);
    for (let document = 0; document < old.size; document++) {
      if (deleted?.has(document) === true) continue;
      const { source, parsed } = read(old, document);
      const id = old.id(document);
      const moved = segment.add(id, old.sequence(document), old.version(document), source, parsed);
      this.#places.set(id, number * SEGMENT_SIZE + moved);
    }
    if (number < this.#slots.length - 1) this.#seal(segment, number);
    slot.segment = segment;
    slot.visible = segment.size;
    slot.deleted = undefined;
    slot.deletedCount = 0;
  }

  /** Is every document of the snapshot where {@link Documents.find} finds it? */
  isCurrent(snapshot: Snapshot): boolean {
    return snapshot === this.#snapshot && !this.#changed;
  }

  /** What searches see. */
  snapshot(): Snapshot {
    return this.#snapshot;
  }
}

/** Snapshots share the set of deleted documents, so a new one is made. */
const publish = (slot: Slot): void => {
  slot.visible = slot.segment.size;
  if (slot.pending.length === 0) return;
  const deleted = slot.deleted?.copy(slot.visible) ?? Bitset.empty(slot.visible);
  for (const document of slot.pending) deleted.add(document);
  slot.deleted = deleted;
  slot.deletedCount += slot.pending.length;
  slot.pending.length = 0;
};
