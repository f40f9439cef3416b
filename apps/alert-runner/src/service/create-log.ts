import { visible, visibleLines } from "@mozdef/query/tools";
import { constants, openSync } from "node:fs";
import pino, { type Logger } from "pino";
import { prettyFactory } from "pino-pretty";
import { LogSink } from "./log-sink.ts";

type Output = NodeJS.WritableStream & { readonly fd: number; readonly isTTY?: boolean };

/**
 * JSON lines, or readable lines on a terminal. Either way what comes from events is shown with everything that is not seen escaped.
 *
 * @param output - Default: standard output.
 */
export const createLog = (level: string, output: Output = process.stdout): Logger => {
  if (output.isTTY !== true) return pino({ level, hooks: { streamWrite: visibleLines } }, new LogSink(output.fd));
  const show = prettyFactory({ translateTime: "SYS:HH:MM:ss", ignore: "pid,hostname", singleLine: true });
  return pino({ level, hooks: { streamWrite: readableLine } }, new LogSink(withoutWaiting(output.fd), show));
};

const { O_WRONLY, O_NONBLOCK, O_NOCTTY } = constants;

/** Node.js makes a terminal one that blocks: somebody who stops its output would stop the service. Where it cannot be opened anew, it stays so. */
const withoutWaiting = (fd: number): number => {
  try {
    return openSync(`/proc/self/fd/${fd}`, O_WRONLY | O_NONBLOCK | O_NOCTTY);
  } catch {
    return fd;
  }
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
