import { isObject, type JsonObject, objectOf } from "../src/event/json.ts";
import { type LogEvent, LogReader, readEvents } from "../src/index.ts";
import type { ReadEvent } from "../src/event/event.ts";

/** What is wrong with how an input was read. */
export interface Finding {
  readonly lines: readonly string[];
  readonly what: string;
  /** It is about the time alone, which depends on the machine. */
  readonly isSlow?: boolean;
}

const OPTIONS = { receivedAt: new Date("2026-03-10T09:20:00Z"), via: "syslog", sender: "192.0.2.99" };

/** What is slow for once may be the fault of the machine: what is slow each time is not. */
const AGAIN = 3;

/** Milliseconds of the processor for an input of any length, and for each 1,024 characters. */
const FLOOR_MS = 20;
const MS_PER_KB = 1;

/** As a line or a log, and as a document. */
const READINGS = 2;

/** Reads lines in all ways there are, and says the first thing that is wrong. */
export const check = (lines: readonly string[]): Finding | undefined => {
  const bytes = lines.reduce((sum, line) => sum + line.length, 0);
  const limit = FLOOR_MS + (bytes / 1_024) * MS_PER_KB * READINGS;
  const first = timed(lines);
  if (first.what !== undefined) return { lines, what: first.what };
  if (first.ms <= limit) return undefined;
  const again = Array.from({ length: AGAIN }, () => timed(lines)).sort((one, other) => one.ms - other.ms)[0] ?? first;
  if (again.ms <= limit) return undefined;
  const what = `it takes ${Math.round(again.ms)} ms, the limit for ${bytes} characters is ${Math.round(limit)}`;
  return { lines, what, isSlow: true };
};

const timed = (lines: readonly string[]): { readonly what: string | undefined; readonly ms: number } => {
  const start = process.cpuUsage();
  const what = wrongWith(lines);
  const { user, system } = process.cpuUsage(start);
  return { what, ms: (user + system) / 1_000 };
};

const wrongWith = (lines: readonly string[]): string | undefined => {
  try {
    for (const line of lines) {
      const wrong = wrongWithEach(line);
      if (wrong !== undefined) return wrong;
    }
    return lines.length > 1 || isPartOfMore(lines[0] ?? "") ? wrongWithLog(lines) : undefined;
  } catch (error) {
    return `it throws: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  } finally {
    unpollute();
  }
};

/** A line, and the document in it as a request brings it. */
const wrongWithEach = (line: string): string | undefined => {
  const events = readEvents(line, OPTIONS);
  if (events.length === 0 && line.trim() !== "" && !isEmptyBatch(objectOf(line.trim())))
    return "no event comes out of the line";
  const wrong = firstWrong(events);
  const document = wrong === undefined ? objectOf(line.trim()) : undefined;
  if (document === undefined) return wrong;
  const read = readEvents(document, OPTIONS);
  return read.length === 0 && !isEmptyBatch(document) ? "no event comes out of the document" : firstWrong(read);
};

/** A request of OTLP without records, or what CloudWatch Logs sends without events. */
const isEmptyBatch = (value: unknown): boolean =>
  isObject(value) && (isEmptyList(value.resourceLogs) || isEmptyList(value.logEvents) || isControl(value));

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

const isControl = ({ messageType }: JsonObject): boolean => messageType === "CONTROL_MESSAGE";

/** Lines that do not stand for themselves. */
const isPartOfMore = (line: string): boolean => line.startsWith("#") || line.includes("audit(");

const wrongWithLog = (lines: readonly string[]): string | undefined => {
  const reader = new LogReader(OPTIONS);
  const events: LogEvent[] = [];
  for (const line of lines) {
    const complete = reader.push(line);
    const isSilent = line.trim() === "" || isPartOfMore(line) || isEmptyBatch(objectOf(line.trim()));
    if (complete.length === 0 && !isSilent) return "no event comes out of the line, after those before it";
    events.push(...complete);
  }
  events.push(...reader.end());
  if (
    events.length === 0 &&
    lines.some((line) => line.trim() !== "" && !line.startsWith("#") && !isEmptyBatch(objectOf(line.trim())))
  )
    return "no event comes out of the lines";
  return firstWrong(events);
};

const firstWrong = (events: readonly ReadEvent[]): string | undefined => {
  for (const read of events) {
    const wrong = wrongWithEvent(read);
    if (wrong !== undefined) return wrong;
  }
  return Object.keys(Object.prototype).length > 0 || "polluted" in {} ? "Object.prototype is changed" : undefined;
};

const wrongWithEvent = ({ event, notes, parsers }: ReadEvent): string | undefined => {
  const failed = notes.find(({ code }) => code === "PARSER_FAILED");
  if (failed !== undefined) return `parser ${failed.field}: ${failed.message}`;
  const text: unknown = JSON.stringify(event);
  if (typeof text !== "string") return "it cannot be written as JSON";
  if (Object.getPrototypeOf(event) !== Object.prototype || Object.getPrototypeOf(event.details) !== Object.prototype)
    return "a prototype came from the input";
  if (!isObject(event.details)) return "details is no object";
  const times = [event.utctimestamp, event.timestamp, event.receivedtimestamp];
  if (times.some((time: unknown) => typeof time !== "string" || Number.isNaN(Date.parse(time))))
    return "a time is none";
  return parsers.every((name) => typeof name === "string") ? undefined : "a parser has no name";
};

const unpollute = (): void => {
  for (const name of Object.keys(Object.prototype)) Reflect.deleteProperty(Object.prototype, name);
};
