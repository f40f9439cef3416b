import type { EventFields } from "./event.ts";
import type { JsonObject } from "./json.ts";

/** What a parser looks at: a line of text or a record, out of its envelopes. */
export interface ParserInput {
  /** The message: of a syslog line what comes after its header. Empty when a record arrived. */
  readonly text: string;
  /** Name of the program that wrote the text, in small letters, without path and process id; undefined when nothing says it. */
  readonly program: string | undefined;
  /** The record, when JSON arrived or is in the text. */
  readonly record: JsonObject | undefined;
  /** When it arrived. */
  readonly receivedAt: Date;
}

/**
 * Makes fields of MozDef of what one product writes. Pure; takes time in proportion to the length of its input.
 *
 * @example
 * ```ts
 * const doorParser: Parser = {
 *   name: "door",
 *   recognise: ({ program }) => program === "doord",
 *   parse: ({ text }) => ({ category: "door", details: { badge: text.split(" ")[1] } }),
 * };
 * ```
 */
export interface Parser {
  /** In small letters; part of `mozdef.plugins` of its events and of the metrics. */
  readonly name: string;
  /** Cheap, and sure: a wrong guess is worse than none. */
  recognise(input: ParserInput): boolean;
  /**
   * The fields; what is undefined in them is left out. A list when there are several events in one record. null when it was not
   * what it seemed. Times may be in any form that `readTime` reads.
   */
  parse(input: ParserInput): EventFields | readonly EventFields[] | null;
}

/** What a shipper has put around a line or a record. */
export interface Opened {
  /** The line that was read or received; undefined when the shipper's event has none. */
  readonly text?: string | undefined;
  /** The text is a whole line, whose header (if it has one) is still in front of it. Default false. */
  readonly isWholeLine?: boolean;
  /** A record in place of the text. */
  readonly record?: JsonObject | undefined;
  /** What the envelope says: host, program, severity, time, sender. */
  readonly fields: EventFields;
  /** The time in the envelope is when the shipper read the line: the line's own counts, if it has one. Default false. */
  readonly isTimeOfReading?: boolean;
}

/** The form in which one shipper sends events. */
export interface Shipper {
  readonly name: string;
  recognise(record: JsonObject): boolean;
  /** Takes the envelope off. What of it has no name in MozDef goes below `details`. A list when several events are in it. */
  open(record: JsonObject): Opened | readonly Opened[];
}
