import { standardTerms } from "../analysis/standard-tokenizer.ts";
import type { ParsedDocument } from "../document/parse-document.ts";
import type { LeafField } from "../mapping/field.ts";
import type { IndexValue } from "../values/index-value.ts";
import type { Column } from "./column-bytes.ts";
import { type Columns, OpenColumns } from "./columns.ts";
import { grown } from "./growable.ts";
import { NumbersColumn } from "./numbers-column.ts";
import { TermsColumn } from "./terms-column.ts";
import { TextColumn } from "./text-column.ts";

/** Most documents of one segment; their numbers fit into 16 bits. */
export const SEGMENT_SIZE = 65_536;

/** About, for an integer that a double does not hold. */
const WIDE_BYTES = 120;

/** A run of documents, each with a number from 0 in order of writing. The index keeps track of deletes. */
export interface Segment {
  readonly columns: Columns;
  readonly size: number;
  id(document: number): string;
  /** The documents with one of these ids, also those that are gone. */
  documentsOf(ids: ReadonlySet<string>): readonly number[];
  sequence(document: number): number;
  version(document: number): number;
  /** undefined when sources are kept elsewhere. */
  source(document: number): string | undefined;
  ignored(document: number): readonly string[];
}

/** What a segment knows of each document besides its fields. */
export interface DocumentFacts {
  readonly ids: readonly string[];
  readonly sequences: Float64Array;
  readonly versions: Uint32Array;
  readonly ignored: ReadonlyMap<number, readonly string[]>;
}

/** A segment in memory. Grows at its end only. */
export class OpenSegment implements Segment {
  readonly columns = new OpenColumns();
  readonly #ids: string[] = [];
  #sequences = new Float64Array(0);
  #versions = new Uint32Array(0);
  /** Sources, unless they are read from disk. */
  readonly #sources: string[] | undefined;
  readonly #ignored = new Map<number, readonly string[]>();
  readonly #limit: number;
  /** Estimated memory, in bytes: a fixed cost per document and value, plus the length of stored text. */
  memoryBytes = 0;

  /**
   * @param keepsSources - False when the text of each document is stored elsewhere.
   * @param limit - Of documents.
   */
  constructor(keepsSources: boolean, limit = SEGMENT_SIZE) {
    this.#sources = keepsSources ? [] : undefined;
    this.#limit = limit;
  }

  get size(): number {
    return this.#ids.length;
  }

  get isFull(): boolean {
    return this.#ids.length >= this.#limit;
  }

  /** @returns the number of the new document. */
  add(id: string, sequence: number, version: number, source: string, parsed: ParsedDocument): number {
    const document = this.#ids.length;
    this.#ids.push(id);
    this.#sequences = grown(this.#sequences, document + 1, 0);
    this.#versions = grown(this.#versions, document + 1, 0);
    this.#sequences[document] = sequence;
    this.#versions[document] = version;
    this.#sources?.push(source);
    this.memoryBytes += 100 + id.length + (this.#sources ? source.length : 0);
    if (parsed.ignored.length > 0) this.#ignored.set(document, parsed.ignored);
    for (let i = 0; i < parsed.fields.length; i++) this.#addValue(document, parsed.fields[i], parsed.values[i]);
    return document;
  }

  #addValue(document: number, field: LeafField | undefined, value: IndexValue | undefined): void {
    if (field === undefined || value === undefined) return;
    const column = this.columns.get(field.name) ?? this.#newColumn(field);
    this.memoryBytes += typeof value === "string" ? 8 + value.length : typeof value === "bigint" ? WIDE_BYTES : 8;
    if (typeof value !== "string") {
      if (column.kind === "numbers") column.add(document, value);
    } else if (column.kind === "terms") column.add(document, value);
    else if (column.kind === "text")
      column.add(document, field.analyzer === "keyword" ? [value] : standardTerms(value));
  }

  #newColumn(field: LeafField): Column {
    const column = columnFor(field);
    this.columns.set(field.name, column);
    return column;
  }

  /** Sorts terms into lists; call it when the segment is full. */
  seal(): void {
    for (const column of this.columns.values()) if (column.kind !== "numbers") column.postings(this.size, true);
  }

  facts(): DocumentFacts {
    return { ids: this.#ids, sequences: this.#sequences, versions: this.#versions, ignored: this.#ignored };
  }

  id(document: number): string {
    return this.#ids[document] ?? "";
  }

  documentsOf(ids: ReadonlySet<string>): readonly number[] {
    const found: number[] = [];
    for (let document = 0; document < this.size; document++) if (ids.has(this.id(document))) found.push(document);
    return found;
  }

  sequence(document: number): number {
    return this.#sequences[document] ?? 0;
  }

  version(document: number): number {
    return this.#versions[document] ?? 0;
  }

  source(document: number): string | undefined {
    return this.#sources?.[document];
  }

  ignored(document: number): readonly string[] {
    return this.#ignored.get(document) ?? [];
  }
}

const columnFor = (field: LeafField): Column => {
  if (field.type === "text") return new TextColumn(field.positionGap);
  return field.type === "keyword" || field.type === "ip" ? new TermsColumn() : new NumbersColumn();
};
