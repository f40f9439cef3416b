/** The ways in, for reading. One that is unknown is shown as it is. */
export const wayOf = (via: string): string => WAYS.get(via) ?? via;

const WAYS: ReadonlyMap<string, string> = new Map([
  ["events", "HTTP: /events"],
  ["bulk", "HTTP: _bulk"],
  ["document", "HTTP: _doc"],
  ["syslog", "Syslog"],
  ["hec", "HTTP Event Collector"],
  ["otlp", "OpenTelemetry logs"],
  ["cef", "HTTP: /cef"],
  ["custom", "HTTP: /custom"],
]);

/** Who understood the events. */
export const parserOf = (parser: string): string => PARSERS.get(parser) ?? parser;

const PARSERS: ReadonlyMap<string, string> = new Map([
  ["none", "nobody: kept as it came"],
  ["unreadable", "nobody: could not be read"],
]);

/** Why events were kept in part, the most frequent reason first. */
export const reasonsOf = (reasons: Readonly<Record<string, number>>): readonly (readonly [string, number])[] =>
  Object.entries(reasons)
    .sort(([, a], [, b]) => b - a)
    .map(([reason, count]) => [WHY.get(reason) ?? reason, count]);

const WHY: ReadonlyMap<string, string> = new Map([
  ["encoding", "bytes that are not UTF-8 were replaced"],
  ["key", "the name of a field was cut"],
  ["unmapped", "a part is kept without being indexed"],
  ["time", "a time that is none has another name"],
  ["address", "an address that is none has another name"],
  ["shape", "a value of another shape than its field has another name"],
  ["name", "a value that does not fit its field has another name"],
  ["parser", "a parser failed"],
]);
