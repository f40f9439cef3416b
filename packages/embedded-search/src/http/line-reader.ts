import type { JsonLine, JsonLines } from "./json-lines.ts";

/** Gives the lines of a body, one after the other; undefined at its end. */
export interface LineReader {
  /** Of the line that was given last, from 1. */
  readonly number: number;
  next(): JsonLine | undefined;
}

export const lineReader = (body: string | JsonLines): LineReader =>
  typeof body === "string" ? new TextReader(body) : new ListReader(body.lines);

class TextReader implements LineReader {
  number = 0;
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  next(): JsonLine | undefined {
    const end = this.#text.indexOf("\n", this.#at);
    if (end === -1) return undefined;
    const carriage = end > this.#at && this.#text.charCodeAt(end - 1) === 13 ? 1 : 0;
    const text = this.#text.slice(this.#at, end - carriage);
    this.#at = end + 1;
    this.number++;
    return { text };
  }
}

class ListReader implements LineReader {
  number = 0;
  readonly #lines: readonly JsonLine[];

  constructor(lines: readonly JsonLine[]) {
    this.#lines = lines;
  }

  next(): JsonLine | undefined {
    const line = this.#lines[this.number];
    if (line !== undefined) this.number++;
    return line;
  }
}
