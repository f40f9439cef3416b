import { messageOf } from "@mozdef/alert";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { CliError } from "./cli-error.ts";

/** A time given on the command line. */
export const parseTime = (name: string, text: string): Date => {
  const time = new Date(text);
  if (!Number.isNaN(time.getTime())) return time;
  throw new CliError(
    "CLI_OPTION_INVALID",
    `${name} needs a time in ISO 8601, such as 2017-01-01T01:00:00Z. Received: ${text}.`,
  );
};

/** A number given on the command line. */
export const parseCount = (
  name: string,
  text: string,
  { least, most }: { readonly least: number; readonly most: number },
): number => {
  const count = Number(text);
  if (Number.isFinite(count) && count >= least && count <= most) return count;
  throw new CliError("CLI_OPTION_INVALID", `${name} needs a number from ${least} to ${most}. Received: ${text}.`);
};

/** A configuration: JSON, or `@file` with JSON in it. */
export const parseConfig = (text: string | undefined, cwd: string): unknown => {
  if (text === undefined) return undefined;
  const json = text.startsWith("@") ? readText(resolve(cwd, text.slice(1))) : text;
  try {
    return JSON.parse(json) as unknown;
  } catch (cause) {
    throw new CliError("CLI_OPTION_INVALID", `--config needs JSON, or @file with JSON in it: ${messageOf(cause)}`, {
      cause,
    });
  }
};

/** The text of a file that the user named. */
export const readText = (file: string): string => {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new CliError("CLI_INPUT_INVALID", `Cannot read ${file}: ${messageOf(cause)}`, { cause });
  }
};
