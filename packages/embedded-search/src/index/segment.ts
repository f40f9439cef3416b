import { standardTerms } from "../analysis/standard-tokenizer.ts";
import type { ParsedDocument } from "../document/parse-document.ts";
import type { LeafField } from "../mapping/field.ts";
import type { IndexValue } from "../values/index-value.ts";
import { grown } from "./growable.ts";
import { NumbersColumn, type NumbersImage } from "./numbers-column.ts";
import { TermsColumn, type TermsImage } from "./terms-column.ts";
import { TextColumn, type TextImage } from "./text-column.ts";

export type Column = TermsColumn | TextColumn | NumbersColumn;

/** Most documents of one segment; their numbers fit into 16 bits. */
export const SEGMENT_SIZE = 65_536;

/** A segment as it is stored. */
export interface SegmentImage {
  readonly columns: ReadonlyMap<string, TermsImage | TextImage | NumbersImage>;
  readonly ids: string[];
  readonly sequence: Float64Array;
  readonly versions: Uint32Array;
  readonly ignored: Map<number, readonly string[]>;
  readonly memoryBytes: number;
}

/** A run of documents, each with a number from 0 in order of writing. Grows at its end only; the index keeps track of deletes. */
export class Segment {
  readonly columns: Map<string, Column>;
  readonly ids: string[];
  #sequence: Float64Array;
  #versions: Uint32Array;
  /** Sources, unless they are read from disk. */
  readonly #sources: string[] | undefined;
  readonly #ignored: Map<number, readonly string[]>;
  /** Estimated memory, in bytes: a fixed cost per document and value, plus the length of stored text. */
  memoryBytes: number;

  /**
   * @param keepsSources - False when the text of each document is stored elsewhere.
   * @param image - What {@link Segment.image} gave.
   */
  constructor(keepsSources: boolean, image?: SegmentImage) {
    this.#sources = keepsSources ? [] : undefined;
    this.columns = new Map([...(image?.columns ?? [])].map(([name, column]) => [name, columnOf(column)]));
    this.ids = image?.ids ?? [];
    this.#sequence = image?.sequence ?? new Float64Array(0);
    this.#versions = image?.versions ?? new Uint32Array(0);
    this.#ignored = image?.ignored ?? new Map<number, readonly string[]>();
    this.memoryBytes = image?.memoryBytes ?? 0;
  }

  /** Everything but the sources, to be stored. */
  image(): SegmentImage {
    return {
      columns: new Map([...this.columns].map(([name, column]) => [name, column.image()])),
      ids: this.ids,
      sequence: this.#sequence,
      versions: this.#versions,
      ignored: this.#ignored,
      memoryBytes: this.memoryBytes,
    };
  }

  get size(): number {
    return this.ids.length;
  }

  get isFull(): boolean {
    return this.ids.length >= SEGMENT_SIZE;
  }

  /** @returns the number of the new document. */
  add(id: string, sequence: number, version: number, source: string, parsed: ParsedDocument): number {
    const document = this.ids.length;
    this.ids.push(id);
    this.#sequence = grown(this.#sequence, document + 1, 0);
    this.#versions = grown(this.#versions, document + 1, 0);
    this.#sequence[document] = sequence;
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
    this.memoryBytes += typeof value === "string" ? 8 + value.length : 8;
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

  id(document: number): string {
    return this.ids[document] ?? "";
  }

  sequence(document: number): number {
    return this.#sequence[document] ?? 0;
  }

  version(document: number): number {
    return this.#versions[document] ?? 0;
  }

  /** undefined when sources are kept elsewhere. */
  source(document: number): string | undefined {
    return this.#sources?.[document];
  }

  ignored(document: number): readonly string[] {
    return this.#ignored.get(document) ?? [];
  }
}

const columnOf = (image: TermsImage | TextImage | NumbersImage): Column => {
  if (image.kind === "text") return new TextColumn(image.positionGap, image);
  return image.kind === "terms" ? new TermsColumn(image) : new NumbersColumn(image);
};

const columnFor = (field: LeafField): Column => {
  if (field.type === "text") return new TextColumn(field.positionGap);
  return field.type === "keyword" || field.type === "ip" ? new TermsColumn() : new NumbersColumn();
};
