import type { ParsedDocument } from "../document/parse-document.ts";
import { chooseMerge, isMostlyDeleted, Merging, type ReadAgain } from "./merging.ts";
import { ReplacedSources } from "./replaced-sources.ts";
import { SealedIds } from "./sealed-ids.ts";
import { Sealing } from "./sealing.ts";
import type { SegmentStore, StoredSegment } from "./segment-store.ts";
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

/** A segment without what was deleted, and where the rest is in it. */
interface Rewritten {
  readonly segment: OpenSegment;
  readonly places: Map<string, number>;
}

/** How often, while a segment fills, the next steps are taken of storing the full one before it. */
const TURNS_A_SEGMENT = 1_024;

/** How long such steps take: a third of the time that the documents between them took, or more when another segment has become full. */
const TURN_MS = 1;
const LATE_TURN_MS = 4;

/** Where segments go that get no more documents. */
export interface SegmentHome {
  readonly store: SegmentStore;
  readonly read: ReadAgain;
}

/** The documents of one index: written at once, seen by searches after {@link Documents.refresh}. */
export class Documents {
  readonly #keepsSources: boolean;
  readonly #sealed: (SegmentHome & { readonly ids: SealedIds }) | undefined;
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
  #merging: Merging | undefined;
  /** Has anything changed that may make segments worth merging? */
  #mayMerge = false;
  /** Is there something to do between requests? */
  #isBusy = false;

  /** @param home - Absent: everything stays in memory. */
  constructor(keepsSources: boolean, home?: SegmentHome) {
    this.#keepsSources = keepsSources;
    this.#sealed = home && { ...home, ids: new SealedIds(home.store) };
    this.#segmentSize = home?.store.segmentSize ?? SEGMENT_SIZE;
  }

  /** Documents that exist now. */
  get count(): number {
    return this.#count;
  }

  /** Estimated memory of what is not on disk alone, in bytes. */
  get memoryBytes(): number {
    const merged = this.#merging?.segment.memoryBytes ?? 0;
    return this.#open.reduce((sum, { open }) => sum + (open?.memoryBytes ?? 0), merged);
  }

  /** Is there anything for a refresh to do? */
  get hasChanges(): boolean {
    return this.#changed || this.#merging?.entry !== undefined;
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
    if (++this.#puts % Math.max(1, Math.floor(this.#segmentSize / TURNS_A_SEGMENT)) !== 0) return;
    this.#dropStored(store);
    const isLate = this.#open.filter(({ sealing }) => sealing !== undefined).length > 1;
    this.#sealFor(isLate ? LATE_TURN_MS : TURN_MS, store);
  }

  /** @returns whether there was something to seal. */
  #sealFor(durationMs: number, store: SegmentStore): boolean {
    const slot = this.#open.find(({ sealing }) => sealing !== undefined);
    const { sealing } = slot ?? {};
    if (!slot || !sealing) return false;
    const untilMs = performance.now() + durationMs;
    do sealing.step();
    while (!sealing.isDone && performance.now() < untilMs);
    if (sealing.isDone) this.#enter(slot, sealing, store);
    return true;
  }

  /** Has what can wait done between requests. */
  #beBusy({ store, read }: SegmentHome): void {
    if (this.#isBusy) return;
    this.#isBusy = true;
    store.later(() => (this.#isBusy = this.#goOn(store, read)));
  }

  /** Does some milliseconds of it. @returns whether there is more. */
  #goOn(store: SegmentStore, read: ReadAgain): boolean {
    this.#dropStored(store);
    if (this.#sealFor(LATE_TURN_MS, store)) return true;
    if (this.#merging?.entry) return false; // the next refresh shows it
    const merging = this.#merging ?? this.#nextMerge(store, read);
    if (!merging) return this.#open.some(({ open, entry }) => open !== undefined && entry !== undefined);
    this.#merging = merging;
    this.#mergeFor(LATE_TURN_MS, merging);
    return true;
  }

  #nextMerge(store: SegmentStore, read: ReadAgain): Merging | undefined {
    if (!this.#mayMerge) return undefined;
    const slots = chooseMerge(this.#slots, this.#segmentSize);
    this.#mayMerge = slots !== undefined;
    return slots && new Merging(slots, store, read);
  }

  #mergeFor(durationMs: number, merging: Merging): void {
    const untilMs = performance.now() + durationMs;
    do merging.step();
    while (merging.isUnderWay && performance.now() < untilMs);
    if (!merging.hasFailed) return;
    for (const slot of merging.slots) slot.isMergeable = false;
    this.#merging = undefined;
  }

  #enter(slot: Slot, { entry }: Sealing, store: SegmentStore): void {
    slot.enter(entry, store);
    store.putSegment(entry, slot.gone);
  }

  /** Frees the segments that are on disk for good. */
  #dropStored(store: SegmentStore): void {
    for (const slot of this.#open) if (slot.canBeSealed(store)) this.#toSealed(slot, store);
    if (this.#sealed && this.#mayMerge && !this.#isBusy) this.#beBusy(this.#sealed);
  }

  #toSealed(slot: Slot, store: SegmentStore): void {
    const { segment, entry } = slot;
    slot.toSealed(store);
    this.#open = this.#open.filter((other) => other !== slot);
    this.#mayMerge = true;
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

  /** Is a segment on its way to disk? */
  get isSealing(): boolean {
    return this.#open.some(({ sealing }) => sealing !== undefined);
  }

  /** As {@link Documents.seal}, between requests. */
  startSealing(least: number): void {
    if (!this.#sealed) return;
    for (const slot of this.#open) {
      if (!slot.open || slot.entry || slot.open.size < least) continue;
      this.#close(slot, slot.open);
      this.#beBusy(this.#sealed);
    }
  }

  /** Stores what finding ids takes time to make: before the store is closed. */
  saveFilter(): void {
    this.#sealed?.ids.saveLast();
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
    this.#mayMerge = true;
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
    if (isMostlyDeleted(slot)) this.#mayMerge = true;
    this.#count--;
    this.#changed = true;
  }

  /**
   * Makes all writes so far visible to new searches.
   *
   * @param read - Reads a stored document again, when a segment consists mostly of deleted ones and is rewritten without them.
   */
  refresh(read: ReadAgain): void {
    if (this.#sealed) this.#dropStored(this.#sealed.store);
    if (!this.hasChanges) return;
    this.#replaced = this.#replaced.continued();
    if (this.#sealed) this.#putMerged(this.#sealed);
    for (const slot of [...this.#slots]) {
      slot.publish();
      if (this.#sealed) this.#tidy(slot, this.#sealed);
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
  #tidy(slot: Slot, home: SegmentHome & { readonly ids: SealedIds }): void {
    const { entry, segment } = slot;
    const { store, ids } = home;
    if (slot.open || !entry || store.isBlocked) return;
    slot.storeDeletedTogether(store);
    if (slot.live > 0) return;
    this.#byNumber.delete(entry.number);
    ids.remove(entry.number);
    this.#slots.splice(this.#slots.indexOf(slot), 1);
    if (this.#merging?.slots.includes(slot) === true) this.#merging = undefined;
    store.removeSegment({ number: entry.number, holder: segment });
  }

  /** Puts what is merged in the place of what it is made of. Nothing has changed when it cannot be stored. */
  #putMerged({ store, ids }: SegmentHome & { readonly ids: SealedIds }): void {
    const { slots = [], entry } = this.#merging ?? {};
    if (!this.#merging || !entry || store.isBlocked) return;
    const slot = this.#merging.merged();
    const replaced = slots.flatMap(({ entry: old, segment }) => (old ? [{ number: old.number, holder: segment }] : []));
    store.replaceSegments(replaced, entry, slot.gone);
    this.#merging = undefined;
    slot.enter(entry, store);
    const [first] = slots;
    if (first) this.#slots.splice(this.#slots.indexOf(first), slots.length, slot);
    this.#open.push(slot);
    for (const { number } of replaced) {
      this.#byNumber.delete(number);
      ids.remove(number);
    }
  }

  /** Older snapshots keep the previous segment. */
  #withoutDeleted({ segment: old, deleted }: Slot, read: ReadAgain): Rewritten {
    const segment = new OpenSegment(this.#keepsSources, this.#segmentSize);
    const places = new Map<string, number>();
    for (let document = 0; document < old.size; document++) {
      if (deleted?.has(document) === true) continue;
      const [stored] = read(old, [document]);
      if (!stored) continue;
      const { source, parsed } = stored;
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
