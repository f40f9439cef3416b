import { visibleLines } from "@mozdef/query/tools";
import { text } from "node:stream/consumers";
import { statusLine, type StatusLine } from "./status-line.ts";

/** Where a command reads and writes; tests put their own in place. */
export interface Terminal {
  /** Results. */
  readonly out: (text: string) => void;
  /** Progress and errors: never part of a result that is piped on. */
  readonly err: (text: string) => void;
  /** A line below all others that can be rewritten. */
  readonly status: StatusLine;
  readonly cwd: string;
  /** All that comes in on standard input. */
  readonly readInput: () => Promise<string>;
  /** Whether `out` may be coloured. */
  readonly hasColours: boolean;
}

/** The colours that commands themselves use. */
const COLOUR = new RegExp(`(${String.fromCharCode(27)}\\[(?:31|32|39)m)`);

/** What commands show is made of events, which may hold anything. */
export const screenText = (text: string): string =>
  text
    .split(COLOUR)
    .map((part) => (COLOUR.test(part) ? part : visibleLines(part)))
    .join("");

/** The terminal of this process. */
export const processTerminal = (): Terminal => {
  const { stdout, stderr, env } = process;
  const status = statusLine(stderr, { isDumb: env.TERM === "dumb" });
  return {
    // Both streams may be one screen.
    out: (line) => status.above(() => void stdout.write(`${screenText(line)}\n`)),
    err: (line) => status.above(() => void stderr.write(`${screenText(line)}\n`)),
    status,
    cwd: process.cwd(),
    readInput: () => text(process.stdin),
    // Asks NO_COLOR, FORCE_COLOR and TERM.
    hasColours: stdout.isTTY && stdout.hasColors(),
  };
};
