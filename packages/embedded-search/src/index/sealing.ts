import { packColumn } from "./column-bytes.ts";
import { packFacts } from "./document-facts.ts";
import { blocksFor, hashIds, packHashes, packIds } from "./id-run.ts";
import { columnPart, FACTS_PART, HASHES_PART, idsPart } from "./segment-parts.ts";
import type { SegmentEntry, SegmentStore } from "./segment-store.ts";
import type { OpenSegment } from "./segment.ts";

/**
 * Stores the parts of a segment that gets no more documents: in steps that take some milliseconds each, so that nobody has to wait for all
 * of them. The entry, with which the segment is there, is for the caller to store.
 */
export class Sealing {
  readonly entry: SegmentEntry;
  readonly #steps: readonly (() => void)[];
  #next = 0;

  constructor(segment: OpenSegment, store: SegmentStore) {
    const number = store.nextNumber();
    this.entry = entryOf(segment, number);
    const columns = [...segment.columns].flatMap(([field, column]) => [
      () => {
        if (column.kind !== "numbers") column.postings(segment.size, true);
      },
      () => store.putPart(number, columnPart(field), packColumn(column, segment.size)),
    ]);
    this.#steps = [
      ...columns,
      () => store.putPart(number, FACTS_PART, packFacts(segment.facts())),
      () => storeIds(segment, this.entry, store),
    ];
  }

  get isDone(): boolean {
    return this.#next === this.#steps.length;
  }

  get steps(): number {
    return this.#steps.length;
  }

  /** What a step could not store is stored later by the store itself, so it counts as taken. */
  step(): void {
    this.#steps[this.#next++]?.();
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

const storeIds = (segment: OpenSegment, { number, idBlocks }: SegmentEntry, store: SegmentStore): void => {
  const { ids, sequences } = segment.facts();
  const hashes = hashIds(ids, store.seed);
  store.putPart(number, HASHES_PART, packHashes(hashes));
  for (const [block, bytes] of packIds(hashes, sequences, idBlocks).entries())
    store.putPart(number, idsPart(block), bytes);
};
