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

/** The terminal of this process. */
export const processTerminal = (): Terminal => {
  const { stdout, stderr, env } = process;
  const status = statusLine(stderr, { isDumb: env.TERM === "dumb" });
  return {
    // Both streams may be one screen.
    out: (line) => status.above(() => void stdout.write(`${line}\n`)),
    err: (line) => status.above(() => void stderr.write(`${line}\n`)),
    status,
    cwd: process.cwd(),
    readInput: () => text(process.stdin),
    // Asks NO_COLOR, FORCE_COLOR and TERM.
    hasColours: stdout.isTTY && stdout.hasColors(),
  };
};
