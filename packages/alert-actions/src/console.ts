import { type AlertAction, type AlertMessage, defineAction } from "@mozdef/alert/runtime";
import { z } from "zod";
import { readOptions } from "./read-options.ts";
import { visible } from "@mozdef/query/tools";

const schema = z.strictObject({
  registration: z.union([z.string(), z.array(z.string())]).optional(),
  write: z.custom<(line: string) => void>((value) => typeof value === "function", "expected a function").optional(),
});

/** The options of {@link console}. */
export interface ConsoleOptions {
  /** Only alerts of which a key or a value equals one of these lower-case words. Default: all. */
  readonly registration?: string | readonly string[];
  /** Where lines go, each without its end. Default: the standard output. */
  readonly write?: (line: string) => void;
}

/**
 * Prints one line for each alert: time, severity, name, summary. What an event may have brought into it is escaped, so that it can
 * neither steer the terminal nor make a line of its own.
 *
 * @throws {AlertError} `ACTION_INVALID`.
 *
 * @example
 * export default defineConfig({ actions: { terminal: console() } });
 */
export const console = (options: ConsoleOptions = {}): AlertAction => {
  const { registration, write = toStandardOutput } = readOptions("console", schema, options);
  return defineAction({
    kind: "console",
    ...(registration !== undefined && { registration }),
    send: (message) => {
      write(lineOf(message));
      return undefined;
    },
  });
};

const toStandardOutput = (line: string): void => void process.stdout.write(`${line}\n`);

const lineOf = ({ _source: { utctimestamp, severity, classname, summary } }: AlertMessage): string =>
  [utctimestamp, severity, classname, summary].map(visible).join(" ");
