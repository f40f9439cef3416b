import { type LogEvent, readLog } from "@mozdef/event-intake";
import { resolve } from "node:path";
import { CliError } from "../cli-error.ts";
import { countOf } from "../count-of.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { parseTime, readText } from "../parse-options.ts";
import { packParsers } from "../packs/pack-parsers.ts";
import { findServiceConfig, readServiceConfig } from "../service/service-config.ts";
import type { Terminal } from "../terminal.ts";

/** Options as commander gives them. */
export interface IntakeOptions {
  readonly explain?: string;
  readonly at?: string;
  readonly zone?: string;
  /** The configuration of the service; false for none. */
  readonly service?: string | boolean;
  readonly json?: boolean;
}

/** Says how the events of a file are read. @returns `found` when something of one was not understood. */
export const explainIntake = async (options: IntakeOptions, terminal: Terminal): Promise<ExitCode> => {
  if (options.explain === undefined)
    throw new CliError("CLI_OPTION_INVALID", "Say which file to read: mozdef intake --explain <file>.");
  const receivedAt = options.at === undefined ? new Date() : parseTime("--at", options.at);
  const text = readText(resolve(terminal.cwd, options.explain));
  const zoneMinutes = zoneOf(options.zone);
  const config = await readServiceConfig(findServiceConfig(options.service, terminal.cwd));
  const parsers = await packParsers({ own: null, config, ...terminal });
  const events = readLog(text, { receivedAt, zoneMinutes, parsers });
  if (options.json === true) for (const event of events) terminal.out(JSON.stringify(event));
  else terminal.out([...events.map(printRead), summaryOf(events)].join("\n\n"));
  return events.every(isUnderstood) ? EXIT.ok : EXIT.found;
};

const isUnderstood = ({ notes, parsers }: LogEvent): boolean => notes.length === 0 && productOf(parsers) !== undefined;

/** Envelopes and plain JSON say nothing of what an event means. */
const ENVELOPES = new Set(["json", "syslog"]);

const productOf = (parsers: readonly string[]): string | undefined => {
  const last = parsers.at(-1);
  return last === undefined || ENVELOPES.has(last) ? undefined : last;
};

/** An event as it was read: by whom, its fields, and what could not be read as it was meant. */
export const printRead = ({ line, event, notes, parsers }: LogEvent): string => {
  const { details, ...fields } = event;
  const rows = [
    ...Object.entries(fields).filter(([name, value]) => name !== "mozdef" && !isEmpty(value)),
    ...Object.entries(details).map(([name, value]): [string, unknown] => [`details.${name}`, value]),
  ];
  return [
    `line ${line}: ${parsers.length === 0 ? "no parser understood it" : parsers.join(" > ")}`,
    ...rows.map(([name, value]) => `  ${name.padEnd(NAME_WIDTH)} ${shown(value)}`),
    ...notes.map(({ field, message }) => `  ! ${field}: ${message}`),
  ].join("\n");
};

const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

const NAME_WIDTH = 30;
const MOST_SHOWN = 200;

/** As JSON, so that nothing in an event can steer a terminal. */
export const shown = (value: unknown): string => {
  const text = JSON.stringify(value);
  // Beyond what JSON escapes: the second set of control characters, and what turns the direction of writing.
  const safe = text.replaceAll(
    /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return safe.length > MOST_SHOWN ? `${safe.slice(0, MOST_SHOWN)}... (${safe.length} characters)` : safe;
};

const summaryOf = (events: readonly LogEvent[]): string => {
  const counts = new Map<string, number>();
  for (const { parsers } of events) {
    const name = parsers.length === 0 ? "nobody" : parsers.join(" > ");
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const noted = events.filter(({ notes }) => notes.length > 0).length;
  return [
    `${countOf(events.length, "event")}, ${noted} with notes`,
    ...[...counts].sort(([, a], [, b]) => b - a).map(([name, count]) => `  ${count} by ${name}`),
  ].join("\n");
};

/** Minutes east of UTC; none is UTC. */
export const zoneOf = (text: string | undefined): number => {
  if (text === undefined) return 0;
  const [, sign, hours = "", minutes = "0"] = /^([+-])(\d{2}):?(\d{2})$/.exec(text) ?? [];
  if (sign === undefined)
    throw new CliError("CLI_OPTION_INVALID", `--zone needs an offset such as +01:00. Received: ${text}.`);
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
};
