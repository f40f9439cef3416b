import type { Column } from "./column-bytes.ts";
import type { Span } from "./span.ts";

/** The columns of a segment by name of the field. */
export interface Columns {
  /** May read it from disk. */
  get(field: string): Column | undefined;
  has(field: string): boolean;
  /** Of a column with numbers, known without reading it; undefined for other columns. */
  span(field: string): Span | undefined;
}

/** Columns that grow, in memory. */
export class OpenColumns extends Map<string, Column> implements Columns {
  span(field: string): Span | undefined {
    const column = this.get(field);
    return column?.kind === "numbers" ? column : undefined;
  }
}
