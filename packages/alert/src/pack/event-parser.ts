/** What a parser looks at: a line of text or a record, out of the envelopes of its shippers. */
export interface EventParserInput {
  /** The message: of a syslog line what comes after its header. Empty when a record arrived. */
  readonly text: string;
  /** Name of the program that wrote the text, in small letters, without path and process id; undefined when nothing says it. */
  readonly program: string | undefined;
  /** The record, when JSON arrived or is in the text. Not to be changed. */
  readonly record: Readonly<Record<string, unknown>> | undefined;
  /** When it arrived. */
  readonly receivedAt: Date;
}

/** Fields of an event by MozDef's names; what has no name there is below `details`. What is undefined is left out. */
export interface ParsedFields {
  readonly [field: string]: unknown;
  readonly details?: Readonly<Record<string, unknown>>;
}

/**
 * Makes MozDef's fields of what one product writes. A pack gives its parsers to `definePack`; they are asked before those that come
 * with the service. Pure; takes time in proportion to the length of its input. One that throws stops no event: the event is kept
 * as its envelope says it.
 *
 * The same as `Parser` of `@mozdef/event-intake`, so that a pack needs no other package.
 *
 * @example
 * ```ts
 * const door: EventParser = {
 *   name: "door",
 *   recognise: ({ program }) => program === "doord",
 *   parse: ({ text }) => ({ category: "door", details: { badge: text.split(" ")[1] } }),
 * };
 * ```
 */
export interface EventParser {
  /** Small letters, digits and hyphens; part of `mozdef.plugins` of its events and of the metrics. Unique among all packs. */
  readonly name: string;
  /** Cheap, and sure: a wrong guess is worse than none. */
  recognise(input: EventParserInput): boolean;
  /**
   * The fields, or a list when there are several events in one record; null when it was not what it seemed. Times may be in any
   * unambiguous form.
   */
  parse(input: EventParserInput): ParsedFields | readonly ParsedFields[] | null;
}
