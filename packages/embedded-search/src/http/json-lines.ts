import type { JsonObject } from "../json/json.ts";

/** One line of a body. */
export interface JsonLine {
  readonly text: string;
  /** What the text says, when it was made of that just before: it need not be read again. */
  readonly value?: JsonObject | undefined;
}

/** A body in lines from this process, which was never one text. */
export class JsonLines {
  readonly lines: readonly JsonLine[];

  constructor(lines: readonly JsonLine[]) {
    this.lines = lines;
  }

  /** Of the text, in UTF-16 units. */
  get length(): number {
    return this.lines.reduce((sum, { text }) => sum + text.length + 1, 0);
  }

  toString(): string {
    return this.lines.map(({ text }) => `${text}\n`).join("");
  }
}
