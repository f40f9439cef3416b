import { packColumn } from "./column-bytes.ts";
import { packFacts } from "./document-facts.ts";
import { blocksFor, hashesInSteps, packHashes, packIds } from "./id-run.ts";
import { columnPart, FACTS_PART, HASHES_PART, idsPart, PIECE_BYTES, pieceName } from "./segment-parts.ts";
import type { SegmentEntry, SegmentStore } from "./segment-store.ts";
import type { OpenSegment } from "./segment.ts";

/** What is stored in a step: done outside of the steps, which go on when it fails. */
export type StoringSteps = Generator<(() => void) | undefined, void>;

/**
 * Stores the parts of a segment that gets no more documents: in steps that take some milliseconds each, so that nobody has to wait for all
 * of them. The entry, with which the segment is there, is for the caller to store.
 */
export class Sealing {
  readonly entry: SegmentEntry;
  readonly #steps: StoringSteps;
  #isDone = false;

  constructor(segment: OpenSegment, store: SegmentStore) {
    this.entry = entryOf(segment, store.nextNumber());
    this.#steps = storeParts(segment, this.entry, store);
  }

  get isDone(): boolean {
    return this.#isDone;
  }

  /** What a step could not store is stored later by the store itself, so it counts as taken. */
  step(): void {
    const { done, value } = this.#steps.next();
    this.#isDone = done === true;
    value?.();
  }

  finish(): void {
    while (!this.isDone) this.step();
  }
}

const entryOf = (segment: OpenSegment, number: number): SegmentEntry => ({
  number,
  size: segment.size,
  firstSequence: segment.sequence(0),
  lastSequence: segment.sequence(segment.size - 1),
  fields: [...segment.columns.keys()].map((field) => {
    const span = segment.columns.span(field);
    return [field, span ? { least: span.least, greatest: span.greatest } : null] as const;
  }),
  idBlocks: blocksFor(segment.size),
});

function* storeParts(segment: OpenSegment, entry: SegmentEntry, store: SegmentStore): StoringSteps {
  for (const [field, column] of segment.columns) {
    const bytes = yield* packColumn(column, segment.size);
    yield* storePart(entry.number, columnPart(field), bytes, store);
  }
  const facts = yield* packFacts(segment.facts());
  yield* storePart(entry.number, FACTS_PART, facts, store);
  yield* storeIds(segment, entry, store);
}

/** A large one goes in pieces: what is written at once is on its way to the disk at once. */
export function* storePart(segment: number, name: string, bytes: Uint8Array, store: SegmentStore): StoringSteps {
  for (let piece = 0; piece === 0 || piece * PIECE_BYTES < bytes.length; piece++) {
    const some = bytes.subarray(piece * PIECE_BYTES, (piece + 1) * PIECE_BYTES);
    yield () => store.putPart(segment, pieceName(name, piece), some);
  }
}

function* storeIds(segment: OpenSegment, { number, idBlocks }: SegmentEntry, store: SegmentStore): StoringSteps {
  const { ids, sequences } = segment.facts();
  const hashes = yield* hashesInSteps(ids, store.seed);
  yield* storePart(number, HASHES_PART, packHashes(hashes), store);
  let block = 0;
  for (const bytes of packIds(hashes, sequences, idBlocks)) yield* storePart(number, idsPart(block++), bytes, store);
}
