import { LogReader, type Note, type ReadEvent, readEvents, type ReadEventsOptions } from "@mozdef/event-intake";
import { idFromSender } from "@mozdef/alert-store";
import { createHash } from "node:crypto";
import { type Damage, isRefusal, type Parsed, type ParsedValue } from "./parse-piece.ts";

/** Makes events of the values of a body. */
export interface EventReader {
  /** The events that are complete with this value. */
  read(parsed: Parsed): readonly Parsed[];
  /** Those that the last values began. */
  end(): readonly Parsed[];
}

/** Each value is a record by itself: an event, or several as in a file of CloudTrail. */
export const recordReader = (options: ReadEventsOptions): EventReader => ({
  read: (parsed) => {
    if (isRefusal(parsed)) return [parsed];
    const record = recordOf(parsed.value);
    // What is not a record is refused where it is saved, with what was expected.
    if (record === undefined) return [parsed];
    return asParsed(parsed, record, readEvents(record, options));
  },
  end: () => [],
});

/**
 * As {@link recordReader}, for senders that want an answer for each value: one without an event in it, such as an empty batch, is
 * kept as it is.
 */
export const answeredReader = (options: ReadEventsOptions): EventReader => {
  const records = recordReader(options);
  return {
    read: (parsed) => {
      const events = records.read(parsed);
      return events.length === 0 ? [parsed] : events;
    },
    end: () => records.end(),
  };
};

/** Each value is a line of one log. */
export const lineReader = (options: ReadEventsOptions): EventReader => {
  const log = new LogReader(options);
  return {
    read: (parsed) => {
      if (isRefusal(parsed)) return [parsed];
      const events = log.push(String(parsed.value), { line: parsed.line });
      return events.map((event) => parsedEvent({ ...parsed, line: event.line }, event));
    },
    end: () => log.end().map((event) => parsedEvent({ line: event.line, value: undefined, damage: [] }, event)),
  };
};

type Json = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Documents as they are copied from an index have the event under `_source`. */
const recordOf = (value: unknown): Json | undefined => {
  const record = isRecord(value) && Object.hasOwn(value, "_source") ? value._source : value;
  return isRecord(record) && Object.keys(record).length > 0 ? record : undefined;
};

const asParsed = (parsed: ParsedValue, record: Json, events: readonly ReadEvent[]): readonly ParsedValue[] => {
  const id = parsed.id ?? idFromSender(record) ?? (events.length > 1 ? hashOf(record) : undefined);
  return events.map((event, index) =>
    parsedEvent(id === undefined ? parsed : { ...parsed, id: events.length > 1 ? `${id}-${index}` : id }, event),
  );
};

/** A file that is sent again, since a part of it was refused, doubles nothing. */
const hashOf = (record: Json): string => createHash("sha256").update(JSON.stringify(record)).digest("base64url");

/** A value that was read as an event. */
export const parsedEvent = (parsed: ParsedValue, { event, notes, parsers }: ReadEvent): ParsedValue => ({
  ...parsed,
  value: event,
  damage: [...parsed.damage, ...new Set(notes.map(({ code }) => DAMAGES[code]))],
  parser: parsers.at(-1) ?? "none",
});

/** For counting. `unreadable`: it was refused before it was read. */
export const parserOf = (parsed: Parsed): string =>
  isRefusal(parsed) ? "unreadable" : (parsed.parser ?? "unreadable");

const DAMAGES: Readonly<Record<Note["code"], Damage>> = {
  TIME_UNREAD: "time",
  ADDRESS_UNREAD: "address",
  NAME_TAKEN: "name",
  SHAPE_CHANGED: "shape",
  PARSER_FAILED: "parser",
};
