import type { Bitset } from "./bitset.ts";
import type { ColumnCache } from "./column-cache.ts";
import type { Span } from "./span.ts";

/** What is known of a stored segment without reading its columns. */
export interface SegmentEntry {
  /** Never used again in the same index. */
  readonly number: number;
  readonly size: number;
  readonly firstSequence: number;
  readonly lastSequence: number;
  /** Each column by name of the field; with the span of those that have numbers. */
  readonly fields: readonly (readonly [field: string, span: Span | null])[];
  /** Parts of its list of ids. */
  readonly idBlocks: number;
}

/** A stored segment and which of its documents are gone. */
export interface StoredSegment {
  readonly entry: SegmentEntry;
  readonly deleted: Bitset | undefined;
}

/** A document as its row says. */
export interface StoredRow {
  readonly id: string;
  readonly version: number;
}

/** A segment that is not there any more. */
export interface ReplacedSegment {
  readonly number: number;
  /** While this is used, as in an older snapshot, its parts are still read. */
  readonly holder: object;
}

/**
 * Where the segments of one index go that get no more documents.
 *
 * A write that throws for lack of room is done later, unless something else is said of it: memory has to be as if it were done.
 */
export interface SegmentStore {
  /** For what is read again. */
  readonly cache: ColumnCache;
  /** Most documents of a segment. */
  readonly segmentSize: number;
  /** See {@link hashId}. */
  readonly seed: number;
  /** How often writes were stored for good: what was written before is stored when this has grown since. */
  readonly commits: number;
  /** Is nothing stored at present? Then nothing is rewritten either, if it can wait. */
  readonly isBlocked: boolean;
  /** Is the index deleted? */
  readonly isDropped: boolean;
  nextNumber(): number;
  /** Stores one part of a segment, or a piece of one. Without its entry a segment is not there: parts alone are dropped when the store is opened. */
  putPart(segment: number, name: string, bytes: Uint8Array): void;
  /** @throws {ApiError} when it is gone with its index, {StorageError} when it is damaged. */
  part(segment: number, name: string): Uint8Array;
  /** Names of the stored parts of the filter of ids. */
  filters(): readonly string[];
  /** undefined when it is not whole. */
  filter(name: string): Uint32Array | undefined;
  /** Drops those that are of no use, some time. */
  dropFilters(names: readonly string[]): void;
  putSegment(entry: SegmentEntry, deleted: Bitset | undefined): void;
  /** Stores a segment in place of others, or nothing of that when it cannot. */
  replaceSegments(replaced: readonly ReplacedSegment[], entry: SegmentEntry, deleted: Bitset | undefined): void;
  putDeleted(segment: number, document: number): void;
  /** In place of what {@link SegmentStore.putDeleted} has stored one by one. */
  putAllDeleted(segment: number, deleted: Bitset): void;
  removeSegment(segment: ReplacedSegment): void;
  /** Has something done between requests: `step` again and again, until it says that there is no more. What it writes is stored with each step. */
  later(step: () => boolean): void;
  /** The row of a document. */
  row(sequence: number): StoredRow | undefined;
}
