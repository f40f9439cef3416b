import { type ParsedDocument } from "../document/parse-document.ts";
import { Bitset } from "./bitset.ts";
import { Segment, segmentSize } from "./segment.ts";
import { type SegmentView, type Snapshot } from "./snapshot.ts";

/** A document that exists now, visible to searches or not yet. */
export interface Located {
  readonly segment: Segment;
  readonly document: number;
}

/** A segment with what searches may see of it. */
interface Slot {
  readonly segment: Segment;
  visible: number;
  deleted: Bitset | undefined;
  deletedCount: number;
  /** Deleted since the last refresh. */
  readonly pending: number[];
}

/** The documents of one index: written at once, seen by searches after {@link Documents.refresh}. */
export class Documents {
  readonly #keepsSources: boolean;
  #slots: Slot[] = [];
  /** Number of the slot times {@link segmentSize} plus number of the document, by id. */
  readonly #places = new Map<string, number>();
  #snapshot: Snapshot = [];
  #changed = false;

  constructor(keepsSources: boolean) {
    this.#keepsSources = keepsSources;
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
    const slot = this.#slots[Math.floor(place / segmentSize)];
    return slot && { segment: slot.segment, document: place % segmentSize };
  }

  /** Adds a document; one of the same id is gone with the next refresh. */
  put(id: string, sequence: number, version: number, source: string, parsed: ParsedDocument): void {
    this.remove(id);
    const number = this.#openSlot();
    const document = this.#slots[number]?.segment.add(id, sequence, version, source, parsed) ?? 0;
    this.#places.set(id, number * segmentSize + document);
    this.#changed = true;
  }

  #openSlot(): number {
    const last = this.#slots.length - 1;
    if (last >= 0 && this.#slots[last]?.segment.isFull === false) return last;
    this.#slots[last]?.segment.seal();
    const segment = new Segment(this.#keepsSources);
    this.#slots.push({ segment, visible: 0, deleted: undefined, deletedCount: 0, pending: [] });
    return last + 1;
  }

  remove(id: string): void {
    const place = this.#places.get(id);
    if (place === undefined) return;
    this.#places.delete(id);
    this.#slots[Math.floor(place / segmentSize)]?.pending.push(place % segmentSize);
    this.#changed = true;
  }

  /** Makes all writes so far visible to new searches. */
  refresh(): void {
    if (!this.#changed) return;
    for (const slot of this.#slots) publish(slot);
    this.#snapshot = this.#slots.map((slot, number): SegmentView => ({
      segment: slot.segment,
      visible: slot.visible,
      deleted: slot.deleted,
      base: number * segmentSize,
    }));
    this.#changed = false;
  }

  /** What searches see. */
  snapshot(): Snapshot {
    return this.#snapshot;
  }
}

/** Snapshots share the set of deleted documents, so a new one is made. */
function publish(slot: Slot): void {
  slot.visible = slot.segment.size;
  if (slot.pending.length === 0) return;
  const deleted = slot.deleted?.copy(slot.visible) ?? Bitset.empty(slot.visible);
  for (const document of slot.pending) deleted.add(document);
  slot.deleted = deleted;
  slot.deletedCount += slot.pending.length;
  slot.pending.length = 0;
}
