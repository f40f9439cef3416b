export type { EventFields, EventSource, Note, ReadEvent, ReadOptions } from "./event/event.ts";
export type { JsonObject } from "./event/json.ts";
export { isExactNumber, parseEventJson } from "./event/parse-event-json.ts";
export type { Parser, ParserInput } from "./event/parser.ts";
export { PARSER_NAMES } from "./parser-names.ts";
export { readEvent, readEvents, type ReadEventsOptions } from "./read-event.ts";
export { LogReader, readLog, type LogEvent } from "./read-log.ts";
export { readAddress, type ReadAddress } from "./values/read-address.ts";
export { readTime, type ReadTimeOptions } from "./values/read-time.ts";
