import { visible, visibleLines } from "@mozdef/query/tools";
import pino, { type Logger } from "pino";
import pretty from "pino-pretty";
import { LogSink } from "./log-sink.ts";

type Output = NodeJS.WritableStream & { readonly fd: number; readonly isTTY?: boolean };

/**
 * JSON lines, or readable lines on a terminal. Either way what comes from events is shown with everything that is not seen escaped.
 *
 * @param output - Default: standard output.
 */
export const createLog = (level: string, output: Output = process.stdout): Logger => {
  if (output.isTTY !== true) return pino({ level, hooks: { streamWrite: visibleLines } }, new LogSink(output.fd));
  const stream = pretty({
    ...{ destination: output.fd, translateTime: "SYS:HH:MM:ss", ignore: "pid,hostname", singleLine: true },
  });
  return pino({ level, hooks: { streamWrite: readableLine } }, stream);
};

/** A line of JSON whose names and texts can be printed as they are: escapes of JSON are gone by then. */
export const readableLine = (line: string): string => `${JSON.stringify(readable("", JSON.parse(line)))}\n`;

const readable = (key: string, value: unknown): unknown => {
  // Where an error comes from is told in several lines, which are indented.
  if (typeof value === "string") return key === "stack" ? visibleLines(value) : visible(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => readable("", item));
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [visible(name), readable(name, inner)]));
};
