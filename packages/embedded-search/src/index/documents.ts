import type { ParsedDocument } from "../document/parse-document.ts";
import { ReplacedSources } from "./replaced-sources.ts";
import { SealedIds } from "./sealed-ids.ts";
import { Sealing } from "./sealing.ts";
import type { SegmentEntry, SegmentStore, StoredSegment } from "./segment-store.ts";
import { OpenSegment, type Segment, SEGMENT_SIZE } from "./segment.ts";
import { Slot } from "./slot.ts";
import type { SegmentView, Snapshot } from "./snapshot.ts";

/** A document that exists now, whether or not searches see it yet. */
export interface Located {
  readonly segment: Segment;
  readonly document: number;
  readonly sequence: number;
  readonly version: number;
  readonly id: string;
  readonly slot: Slot;
}

/** A document as it was written and as its mapping reads it now. */
export interface StoredSource {
  readonly source: string;
  readonly parsed: ParsedDocument;
}

/** Reads a stored document again. */
type Reader = (segment: Segment, document: number) => StoredSource;

/** A segment without what was deleted, and where the rest is in it. */
interface Rewritten {
  readonly segment: OpenSegment;
  readonly places: Map<string, number>;
}

/** How often, while a segment fills, the next steps are taken of storing the full one before it. */
const STEPS_A_SEGMENT = 256;

/** The documents of one index: written at once, seen by searches after {@link Documents.refresh}. */
export class Documents {
  readonly #keepsSources: boolean;
  readonly #sealed: { readonly store: SegmentStore; readonly ids: SealedIds } | undefined;
  readonly #segmentSize: number;
  readonly #slots: Slot[] = [];
  /** Those whose documents are found by id in memory, oldest first. */
  #open: Slot[] = [];
  readonly #byNumber = new Map<number, Slot>();
  #count = 0;
  #puts = 0;
  #snapshot: Snapshot = [];
  #replaced = new ReplacedSources();
  #changed = false;

  /** @param store - Where segments go that get no more documents. Absent: everything stays in memory. */
  constructor(keepsSources: boolean, store?: SegmentStore) {
    this.#keepsSources = keepsSources;
    this.#sealed = store && { store, ids: new SealedIds(store) };
    this.#segmentSize = store?.segmentSize ?? SEGMENT_SIZE;
  }

  /** Documents that exist now. */
  get count(): number {
    return this.#count;
  }

  /** Estimated memory of what is not on disk alone, in bytes. */
  get memoryBytes(): number {
    return this.#open.reduce((sum, { open }) => sum + (open?.memoryBytes ?? 0), 0);
  }

  /** Has anything been written since the last refresh? */
  get hasChanges(): boolean {
    return this.#changed;
  }

  find(id: string): Located | undefined {
    for (let i = this.#open.length - 1; i >= 0; i--) {
      const slot = this.#open[i];
      const document = slot?.places?.get(id);
      if (slot === undefined || document === undefined) continue;
      const { segment } = slot;
      return {
        segment,
        document,
        sequence: segment.sequence(document),
        version: segment.version(document),
        id,
        slot,
      };
    }
    return this.#sealed && this.#findSealed(id, this.#sealed.ids, this.#sealed.store);
  }

  #findSealed(id: string, ids: SealedIds, store: SegmentStore): Located | undefined {
    for (const { segment: number, document, sequence } of ids.find(id)) {
      const slot = this.#byNumber.get(number);
      if (slot === undefined || slot.isGone(document)) continue;
      const row = store.row(sequence);
      if (row?.id !== id) continue;
      return { segment: slot.segment, document, sequence, version: row.version, id, slot };
    }
    return undefined;
  }

  /** Adds a document. @param replaced - The earlier one with the same id, which disappears at the next refresh. */
  put(id: string, sequence: number, version: number, source: string, parsed: ParsedDocument, replaced?: Located): void {
    if (replaced) this.#removeFromMemory(replaced);
    const slot = this.#openSlot();
    const document = slot.open?.add(id, sequence, version, source, parsed) ?? 0;
    slot.places?.set(id, document);
    this.#count++;
    this.#changed = true;
    // Only now, since storing may fail: it is done later then, and memory has to be as if it were done.
    if (!this.#sealed) return;
    replaced?.slot.storeDeleted(replaced.document, this.#sealed.store);
    if (this.#open.length > 1) this.#goOnSealing(this.#sealed.store);
  }

  #openSlot(): Slot {
    const last = this.#slots.at(-1);
    if (last?.open?.isFull === false && !last.sealing && !last.entry) return last;
    if (last?.open?.isFull === true) this.#close(last, last.open);
    const slot = new Slot(new OpenSegment(this.#keepsSources, this.#segmentSize));
    this.#slots.push(slot);
    this.#open.push(slot);
    return slot;
  }

  #close(slot: Slot, open: OpenSegment): void {
    if (!this.#sealed) open.seal();
    else if (!slot.entry) slot.sealing ??= new Sealing(open, this.#sealed.store);
  }

  /** A few steps, so that a full segment is stored long before the next one is full. */
  #goOnSealing(store: SegmentStore): void {
    if (++this.#puts % Math.max(1, Math.floor(this.#segmentSize / STEPS_A_SEGMENT)) !== 0) return;
    this.#dropStored(store);
    const slot = this.#open.find(({ sealing }) => sealing !== undefined);
    const { sealing } = slot ?? {};
    if (!slot || !sealing) return;
    for (let steps = Math.ceil((2 * sealing.steps) / STEPS_A_SEGMENT); steps > 0 && !sealing.isDone; steps--)
      sealing.step();
    if (sealing.isDone) this.#enter(slot, sealing, store);
  }

  #enter(slot: Slot, { entry }: Sealing, store: SegmentStore): void {
    slot.enter(entry, store);
    store.putSegment(entry, slot.gone);
  }

  /** Frees the segments that are on disk for good. */
  #dropStored(store: SegmentStore): void {
    for (const slot of this.#open) if (slot.canBeSealed(store)) this.#toSealed(slot, store);
  }

  #toSealed(slot: Slot, store: SegmentStore): void {
    const { segment, entry } = slot;
    slot.toSealed(store);
    this.#open = this.#open.filter((other) => other !== slot);
    if (entry) {
      this.#byNumber.set(entry.number, slot);
      this.#sealed?.ids.add(entry);
    }
    // It looks the same as before, so searches may go on with either.
    this.#snapshot = this.#snapshot.map((view) =>
      view.segment === segment ? { ...view, segment: slot.segment } : view,
    );
  }

  /**
   * Stores what is in memory, so that it can be read from disk.
   *
   * @param least - A segment with fewer documents stays open.
   */
  seal(least: number): void {
    if (!this.#sealed) return;
    for (const slot of this.#open) {
      if (slot.open && !slot.entry && slot.open.size >= least) this.#close(slot, slot.open);
      slot.sealing?.finish();
      if (slot.sealing) this.#enter(slot, slot.sealing, this.#sealed.store);
    }
  }

  /** Frees what {@link Documents.seal} has stored; call it when that is committed. */
  dropSealed(): void {
    if (this.#sealed) this.#dropStored(this.#sealed.store);
  }

  /** Restores a stored segment, after the existing ones. */
  restore(stored: StoredSegment): void {
    if (!this.#sealed) return;
    const slot = Slot.stored(stored, this.#sealed.store);
    this.#slots.push(slot);
    this.#byNumber.set(stored.entry.number, slot);
    this.#sealed.ids.add(stored.entry);
    this.#count += slot.live;
    this.#changed = true;
  }

  /** Keeps the source of a document about to be dropped for snapshots that still see it. */
  keepReplaced(sequence: number, source: string): void {
    this.#replaced.keep(sequence, source);
  }

  remove(place: Located): void {
    this.#removeFromMemory(place);
    if (this.#sealed) place.slot.storeDeleted(place.document, this.#sealed.store);
  }

  #removeFromMemory({ slot, document, id }: Located): void {
    slot.remove(document, id);
    this.#count--;
    this.#changed = true;
  }

  /**
   * Makes all writes so far visible to new searches.
   *
   * @param read - Reads a stored document again, when a segment consists mostly of deleted ones and is rewritten without them.
   */
  refresh(read: Reader): void {
    if (this.#sealed) this.#dropStored(this.#sealed.store);
    if (!this.#changed) return;
    this.#replaced = this.#replaced.continued();
    for (const slot of [...this.#slots]) {
      slot.publish();
      if (this.#sealed) this.#tidy(slot, this.#sealed.store, read);
      else if (slot.open?.isFull === true && isMostlyDeleted(slot)) {
        const { segment, places } = this.#withoutDeleted(slot, read);
        slot.rewrite(segment, places);
      }
    }
    let base = 0;
    this.#snapshot = this.#slots.map(({ segment, visible, deleted }): SegmentView => {
      const view = { segment, visible, deleted, replaced: this.#replaced, base };
      base += segment.size;
      return view;
    });
    this.#changed = false;
  }

  /** What deletes leave behind of a stored segment. It can wait while nothing can be stored. */
  #tidy(slot: Slot, store: SegmentStore, read: Reader): void {
    const { entry, segment } = slot;
    if (slot.open || !entry || store.isBlocked) return;
    slot.storeDeletedTogether(store);
    if (!isMostlyDeleted(slot)) return;
    if (slot.live > 0) this.#rewrite(slot, entry, store, read);
    this.#byNumber.delete(entry.number);
    this.#sealed?.ids.remove(entry.number);
    if (slot.live > 0) return;
    this.#slots.splice(this.#slots.indexOf(slot), 1);
    store.removeSegment(entry.number, segment);
  }

  /** Nothing has changed when it cannot be stored. */
  #rewrite(slot: Slot, replaced: SegmentEntry, store: SegmentStore, read: Reader): void {
    const { segment: old } = slot;
    const { segment, places } = this.#withoutDeleted(slot, read);
    const sealing = new Sealing(segment, store);
    sealing.finish();
    store.replaceSegment(replaced.number, sealing.entry, old);
    slot.rewrite(segment, places);
    slot.enter(sealing.entry, store);
    this.#open.push(slot);
  }

  /** Older snapshots keep the previous segment. */
  #withoutDeleted({ segment: old, deleted }: Slot, read: Reader): Rewritten {
    const segment = new OpenSegment(this.#keepsSources, this.#segmentSize);
    const places = new Map<string, number>();
    for (let document = 0; document < old.size; document++) {
      if (deleted?.has(document) === true) continue;
      const { source, parsed } = read(old, document);
      const id = old.id(document);
      places.set(id, segment.add(id, old.sequence(document), old.version(document), source, parsed));
    }
    segment.seal();
    return { segment, places };
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

const isMostlyDeleted = ({ deletedCount, segment }: Slot): boolean => deletedCount > segment.size / 2;
