import { type Column, unpackColumn } from "./column-bytes.ts";
import { Cached } from "./column-cache.ts";
import type { Columns } from "./columns.ts";
import type { Span } from "./span.ts";
import { type StoredFacts, unpackFacts } from "./document-facts.ts";
import { hashId } from "./id-run.ts";
import { candidatesOf } from "./sealed-ids.ts";
import { columnPart, FACTS_PART } from "./segment-parts.ts";
import type { SegmentEntry, SegmentStore } from "./segment-store.ts";
import type { Segment } from "./segment.ts";

/** A segment on disk: each column is read when a search asks for it. */
export class SealedSegment implements Segment {
  readonly columns: Columns;
  readonly size: number;
  readonly #facts: Cached<StoredFacts>;

  readonly #entry: SegmentEntry;
  readonly #store: SegmentStore;

  constructor(entry: SegmentEntry, store: SegmentStore) {
    const { number, size, fields } = entry;
    this.#entry = entry;
    this.#store = store;
    this.size = size;
    this.columns = new SealedColumns(number, fields, store);
    this.#facts = new Cached(store.cache, () => unpackFacts(store.part(number, FACTS_PART)));
  }

  id(document: number): string {
    return this.#facts.get().id(document);
  }

  documentsOf(ids: ReadonlySet<string>): readonly number[] {
    return [...ids].flatMap((id) =>
      candidatesOf(hashId(id, this.#store.seed), this.#entry, this.#store)
        .map(({ document }) => document)
        .filter((document) => this.id(document) === id),
    );
  }

  sequence(document: number): number {
    return this.#facts.get().sequences[document] ?? 0;
  }

  version(document: number): number {
    return this.#facts.get().version(document);
  }

  /** It is read with others of the same search. */
  source(): undefined {
    return undefined;
  }

  ignored(document: number): readonly string[] {
    return this.#facts.get().ignored.get(document) ?? [];
  }
}

interface Known {
  readonly span: Span | undefined;
  readonly column: Cached<Column>;
}

class SealedColumns implements Columns {
  readonly #fields: ReadonlyMap<string, Known>;

  constructor(number: number, fields: SegmentEntry["fields"], store: SegmentStore) {
    const cached = (field: string): Cached<Column> =>
      new Cached(store.cache, () => unpackColumn(store.part(number, columnPart(field))));
    this.#fields = new Map(
      fields.map(([field, span]) => [field, { span: span ?? undefined, column: cached(field) }] as const),
    );
  }

  get(field: string): Column | undefined {
    return this.#fields.get(field)?.column.get();
  }

  has(field: string): boolean {
    return this.#fields.has(field);
  }

  span(field: string): Span | undefined {
    return this.#fields.get(field)?.span;
  }
}
