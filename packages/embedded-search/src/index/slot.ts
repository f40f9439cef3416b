import { Bitset } from "./bitset.ts";
import type { Sealing } from "./sealing.ts";
import { SealedSegment } from "./sealed-segment.ts";
import type { SegmentEntry, SegmentStore, StoredSegment } from "./segment-store.ts";
import type { OpenSegment, Segment } from "./segment.ts";

/** A segment, what searches may see of it, and what has happened to it since. */
export class Slot {
  segment: Segment;
  /** The same, while it is in memory. */
  open: OpenSegment | undefined;
  /** Documents by id; undefined when they are found on disk. */
  places: Map<string, number> | undefined;
  /** Can its documents be read again? */
  isMergeable = true;
  sealing: Sealing | undefined;
  /** What is stored; from then on deletes are stored, too. */
  entry: SegmentEntry | undefined;
  /** Of {@link SegmentStore.commits} when the entry was written. */
  #enteredAt = -1;
  visible = 0;
  /** As searches see it; not changed any more. */
  deleted: Bitset | undefined;
  deletedCount = 0;
  /** Documents that are gone. Shared with searches after a refresh, then copied before a change. */
  #gone: Bitset | undefined;
  goneCount = 0;
  /** Deletes that are stored one by one. */
  #storedApart = 0;

  constructor(segment: OpenSegment | SealedSegment, places = new Map<string, number>()) {
    this.segment = segment;
    this.places = places;
    this.open = segment instanceof SealedSegment ? undefined : segment;
  }

  /** A segment that was stored before. */
  static stored({ entry, deleted }: StoredSegment, store: SegmentStore): Slot {
    const slot = new Slot(new SealedSegment(entry, store));
    slot.places = undefined;
    slot.entry = entry;
    slot.#gone = deleted;
    slot.goneCount = deleted?.count() ?? 0;
    return slot;
  }

  get live(): number {
    return this.segment.size - this.goneCount;
  }

  isGone(document: number): boolean {
    return this.#gone?.has(document) ?? false;
  }

  get gone(): Bitset | undefined {
    return this.#gone;
  }

  remove(document: number, id: string): void {
    this.places?.delete(id);
    if (this.#gone === undefined || this.#gone === this.deleted)
      this.#gone = this.#gone?.copy(this.segment.size) ?? Bitset.empty(this.segment.size);
    this.#gone = grownTo(this.#gone, document);
    this.#gone.add(document);
    this.goneCount++;
  }

  /** Stores that a document of a stored segment is gone; memory has to have it already. */
  storeDeleted(document: number, store: SegmentStore): void {
    if (!this.entry) return;
    this.#storedApart++;
    store.putDeleted(this.entry.number, document);
  }

  /** Shows searches what was written. */
  publish(): void {
    this.visible = this.segment.size;
    this.deleted = this.#gone;
    this.deletedCount = this.goneCount;
  }

  /** Many deletes that are stored one by one take longer to read than all together. */
  storeDeletedTogether(store: SegmentStore): void {
    if (!this.entry || !this.#gone || this.#storedApart < STORED_APART) return;
    this.#storedApart = 0;
    store.putAllDeleted(this.entry.number, this.#gone);
  }

  /** Only what was not deleted is left, in memory. */
  rewrite(segment: OpenSegment, places: Map<string, number>): void {
    this.segment = segment;
    this.open = segment;
    this.places = places;
    this.entry = undefined;
    this.#gone = undefined;
    this.goneCount = 0;
    this.publish();
  }

  /** Its entry is stored, at the latest with the next commit. */
  enter(entry: SegmentEntry, store: SegmentStore): void {
    this.sealing = undefined;
    this.entry = entry;
    this.#enteredAt = store.commits;
  }

  /** Is it in memory and for good on disk? */
  canBeSealed(store: SegmentStore): boolean {
    return this.open !== undefined && this.entry !== undefined && store.commits > this.#enteredAt;
  }

  /** From now on it is read from disk. */
  toSealed(store: SegmentStore): void {
    if (!this.entry) return;
    this.segment = new SealedSegment(this.entry, store);
    this.open = undefined;
    this.places = undefined;
  }
}

const STORED_APART = 512;

const grownTo = (set: Bitset, member: number): Bitset =>
  set.capacity > member ? set : set.copy(Math.max(member + 1, 2 * set.capacity));
