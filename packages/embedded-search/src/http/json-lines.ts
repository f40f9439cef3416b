import type { JsonObject } from "../json/json.ts";

/** One line of a body. */
export interface JsonLine {
  readonly text: string;
  /** What the text says, when it is made of that: it need not be read. */
  readonly value?: JsonObject | undefined;
}

/** A line that is an object still. Its text is made when somebody asks for it, which must be before the object changes. */
export class PlainLine implements JsonLine {
  readonly value: JsonObject;
  /** How long the text is at most. */
  readonly longest: number;
  #text: string | undefined;

  constructor(value: JsonObject, longest: number) {
    this.value = value;
    this.longest = longest;
  }

  get text(): string {
    return (this.#text ??= JSON.stringify(this.value));
  }
}

/** Whether an API takes a body in lines. @param path - Without the query string. */
export const takesLines = (path: string): boolean => path.endsWith("/_bulk") || path.endsWith("/_msearch");

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

  /** What {@link JsonLines.length} is at most, without making the text. */
  get longest(): number {
    return this.lines.reduce((sum, line) => sum + (line instanceof PlainLine ? line.longest : line.text.length) + 1, 0);
  }

  toString(): string {
    return this.lines.map(({ text }) => `${text}\n`).join("");
  }
}
