import { type EventParser, messageOf, valuesAt } from "@mozdef/alert";
import { type EventSource as ArrivedEvent, readEvents as readArrivals, readLog } from "@mozdef/event-intake";
import type { EventSchema } from "@mozdef/query";
import { mozdefSchema } from "@mozdef/query/mozdef";
import { statSync } from "node:fs";
import { CliError } from "../cli-error.ts";
import { readText } from "../parse-options.ts";

/** An event of a file or a cluster. */
export interface StoredEvent {
  /** As stored, or the position in its file. */
  readonly id: string;
  readonly source: Readonly<Record<string, unknown>>;
}

/** How the service reads what arrives. */
export interface ReadingOptions {
  /** Of packs, asked before those that come with the service. */
  readonly parsers: readonly EventParser[];
}

/**
 * Events of a file that alerts over MozDef's names are run on. Events that were stored (hits of a search, or with a
 * `receivedtimestamp`) are taken as they are. Everything else, also a log of text, is read as the service reads what arrives; times
 * without a year are before the last change of the file.
 *
 * @throws {CliError} `CLI_INPUT_INVALID` naming file and line.
 */
export const readEvents = (file: string, { parsers }: ReadingOptions): readonly StoredEvent[] => {
  const options = { receivedAt: changeOf(file), parsers };
  const text = readText(file);
  if (isLog(text)) return readLog(text, options).map(({ event }, index) => arrived(`${index + 1}`, event));
  return readDocuments(file).flatMap(({ id, source, isHit }) => {
    if (isStored(source, isHit)) return [{ id, source }];
    const events = readArrivals(source, options);
    return events.map(({ event }, index) => arrived(events.length === 1 ? id : `${id}-${index + 1}`, event));
  });
};

/** Whether the service has saved it. What a store answers may also be of another shape, such as ECS. */
const isStored = (source: StoredEvent["source"], isHit: boolean): boolean =>
  Object.hasOwn(source, mozdefSchema.received) ||
  (isHit && (mozdefSchema.time.some((field) => Object.hasOwn(source, field)) || !Object.hasOwn(source, "@timestamp")));

/** Nobody has received it yet: it counts from when it happened. One that does not say when has no time. */
export const arrived = (id: string, event: ArrivedEvent): StoredEvent => {
  const { receivedtimestamp, utctimestamp, timestamp, ...source } = event;
  return { id, source: utctimestamp === receivedtimestamp ? source : { ...source, utctimestamp, timestamp } };
};

/** JSON begins with a bracket; a line of a log may begin with one too, but its first line is not JSON. */
const isLog = (text: string): boolean => {
  const [first = ""] = text.trimStart().split("\n", 1);
  return !/^[[{]/.test(first) || (/^\[[^\]{"]*\] ?\S/.test(first) && tryParse(text) === undefined);
};

const changeOf = (file: string): Date => {
  try {
    return statSync(file).mtime;
  } catch (cause) {
    throw new CliError("CLI_INPUT_INVALID", `Cannot read ${file}: ${messageOf(cause)}`, { cause });
  }
};

/** A document of a file. */
export interface FileDocument extends StoredEvent {
  /** It came as a hit of a search, with its `_source`. */
  readonly isHit: boolean;
}

/**
 * Documents of a file: one JSON object, a list of them, or one on each line. An object with `_source` is a search hit.
 *
 * @throws {CliError} `CLI_INPUT_INVALID` naming file and line.
 */
export const readDocuments = (file: string): readonly FileDocument[] => {
  const text = readText(file);
  const whole = tryParse(text);
  const values = whole === undefined ? linesOf(file, text) : Array.isArray(whole) ? (whole as unknown[]) : [whole];
  return values.map((value, index) => eventOf(file, value, index + 1));
};

const tryParse = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // More than one line of JSON: read line by line, with errors that name the line.
    return undefined;
  }
};

const linesOf = (file: string, text: string): readonly unknown[] =>
  text.split("\n").flatMap((line, index) => {
    if (line.trim() === "") return [];
    try {
      return [JSON.parse(line) as unknown];
    } catch (cause) {
      throw new CliError("CLI_INPUT_INVALID", `${file}:${index + 1}: no JSON: ${messageOf(cause)}`, { cause });
    }
  });

const eventOf = (file: string, value: unknown, position: number): FileDocument => {
  if (!isObject(value))
    throw new CliError(
      "CLI_INPUT_INVALID",
      `${file}: event ${position} is not a JSON object. Expected { "summary": ..., ... }.`,
    );
  const inner = value._source;
  const id = typeof value._id === "string" ? value._id : `${position}`;
  return { id, source: isObject(inner) ? inner : value, isHit: isObject(inner) };
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Where an event says when it was received; the first that has a value counts. */
export const timeFieldsOf = ({ received, time }: EventSchema): readonly string[] => [...new Set([received, ...time])];

/** When an event was received, else when it happened; NaN when it does not say. Milliseconds since 1970. */
export const receivedMs = ({ source }: StoredEvent, schema: EventSchema = mozdefSchema): number => {
  const [stamp] = timeFieldsOf(schema).flatMap((field) => valuesAt(source, field));
  return stamp === undefined ? Number.NaN : new Date(stamp as string | number).getTime();
};
