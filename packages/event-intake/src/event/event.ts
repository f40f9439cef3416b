import type { JsonObject } from "./json.ts";

/** Fields of an event by MozDef's names. What alerts do not know by a name of its own is below `details`. */
export interface EventFields {
  readonly [field: string]: unknown;
  readonly details?: JsonObject;
}

/** An event in MozDef's shape, as it is saved. */
export interface EventSource extends EventFields {
  readonly receivedtimestamp: string;
  readonly utctimestamp: string;
  readonly timestamp: string;
  readonly details: JsonObject;
}

/** What could not be read as it was meant, and what became of it. Nothing is lost: it is in the event under another name. */
export interface Note {
  /**
   * - `TIME_UNREAD`: not a time, or one that could be two; the time of arrival stands in its place.
   * - `ADDRESS_UNREAD`: not an address.
   * - `NAME_TAKEN`: two values for one field; the second has another name.
   * - `SHAPE_CHANGED`: an object or a list where a field holds text.
   * - `PARSER_FAILED`: a parser threw; the event is kept as its envelope says it.
   */
  readonly code: "TIME_UNREAD" | "ADDRESS_UNREAD" | "NAME_TAKEN" | "SHAPE_CHANGED" | "PARSER_FAILED";
  /** The field it is about; the name of the parser for `PARSER_FAILED`. */
  readonly field: string;
  /** A sentence with what was received and where it is now. */
  readonly message: string;
}

/** An event and how it was read. */
export interface ReadEvent {
  readonly event: EventSource;
  readonly notes: readonly Note[];
  /** Names of the parsers that understood it, the outermost first: `["filebeat", "syslog", "sshd"]`. Empty: none did. */
  readonly parsers: readonly string[];
}

/** From where something arrives. */
export interface ReadOptions {
  /** When it arrived: `receivedtimestamp`, the year of times without one, and the time of events without one. */
  readonly receivedAt: Date;
  /** The way it came in, as the route calls it: `events`, `bulk`, `syslog`, `hec`, `otlp`: `endpoint`, unless the event says one. Default: it says none. */
  readonly via?: string;
  /** Address of the sender, which is never the attacker: `details.eventsourceipaddress`. */
  readonly sender?: string;
  /** Minutes that local times without a zone are ahead of UTC. Default 0. */
  readonly zoneMinutes?: number;
}
