import type { ReadEvent } from "./event/event.ts";
import { AuditGroup } from "./lines/audit-group.ts";
import { splitValues } from "./lines/split-values.ts";
import { ZeekTable } from "./lines/zeek-table.ts";
import { readEvents, type ReadEventsOptions } from "./read-event.ts";

/** An event of a log and the line on which it begins, counted from 1. */
export interface LogEvent extends ReadEvent {
  readonly line: number;
}

/** Reads a log line by line, and remembers what lines say about those after them. One for each file or connection. */
export class LogReader {
  #options: ReadEventsOptions;
  readonly #audit = new AuditGroup();
  readonly #zeek = new ZeekTable();
  #line = 0;

  constructor(options: ReadEventsOptions) {
    this.#options = options;
  }

  /**
   * The events that end with this line.
   *
   * @param at - When the line arrived, if later than the first, and its number, if lines were left out.
   */
  push(line: string, at: { readonly receivedAt?: Date; readonly line?: number } = {}): readonly LogEvent[] {
    this.#line = at.line ?? this.#line + 1;
    const { receivedAt = this.#options.receivedAt } = at;
    if (receivedAt !== this.#options.receivedAt) this.#options = { ...this.#options, receivedAt };
    const text = line.endsWith("\r") ? line.slice(0, -1) : line;
    if (text.trim() === "") return [];
    const row = this.#zeek.read(text);
    if (row === null) return [];
    const { isTaken, complete } = this.#audit.push(text, this.#line);
    if (!isTaken && complete.length === 0) return this.#read(row ?? text, this.#line);
    const before = complete.flatMap((lines) => this.#read(lines.text, lines.line));
    return isTaken ? before : [...before, ...this.#read(row ?? text, this.#line)];
  }

  /** The events that the last lines began. */
  end(): readonly LogEvent[] {
    return this.#audit.end().flatMap((lines) => this.#read(lines.text, lines.line));
  }

  #read(input: unknown, line: number): readonly LogEvent[] {
    return readEvents(input, this.#options).map((event) => ({ ...event, line }));
  }
}

/** Reads a whole log: lines of text or of JSON, or one JSON document. */
export const readLog = (text: string, options: ReadEventsOptions): readonly LogEvent[] => {
  const reader = new LogReader(options);
  return [...splitValues(text).flatMap((piece) => reader.push(piece.text, { line: piece.line })), ...reader.end()];
};
