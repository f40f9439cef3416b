import { standardTerms } from "../analysis/standard-tokenizer.ts";
import { type ParsedDocument } from "../document/parse-document.ts";
import { type LeafField } from "../mapping/field.ts";
import { type IndexValue } from "../values/index-value.ts";
import { grown } from "./growable.ts";
import { NumbersColumn } from "./numbers-column.ts";
import { TermsColumn } from "./terms-column.ts";
import { TextColumn } from "./text-column.ts";

export type Column = TermsColumn | TextColumn | NumbersColumn;

/** Most documents of one segment; their numbers fit into 16 bits. */
export const segmentSize = 65_536;

/** A run of documents, each with a number from 0 in order of writing. Grows at its end only; deletes are kept by the index. */
export class Segment {
  readonly columns = new Map<string, Column>();
  readonly ids: string[] = [];
  #sequence = new Float64Array(0);
  #versions = new Uint32Array(0);
  /** Sources, when they are not read from disk. */
  readonly #sources: string[] | undefined;
  readonly #ignored = new Map<number, readonly string[]>();
  /** Estimated memory, in bytes: a fixed price for each document and value, plus the length of what is kept as text. */
  memoryBytes = 0;

  /** @param keepsSources - False when something else remembers the text of each document. */
  constructor(keepsSources: boolean) {
    this.#sources = keepsSources ? [] : undefined;
  }

  get size(): number {
    return this.ids.length;
  }

  get isFull(): boolean {
    return this.ids.length >= segmentSize;
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
    else if (column.kind === "text") {
      column.add(document, field.analyzer === "keyword" ? [value] : standardTerms(value));
    }
  }

  #newColumn(field: LeafField): Column {
    const column = columnFor(field);
    this.columns.set(field.name, column);
    return column;
  }

  /** Sorts terms into lists, to be called when the segment takes no more documents. */
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

function columnFor(field: LeafField): Column {
  if (field.type === "text") return new TextColumn(field.positionGap);
  return field.type === "keyword" || field.type === "ip" ? new TermsColumn() : new NumbersColumn();
}
