import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { HELP, parseArgs } from "./cli/parse-args.ts";
import { printReport, type Report } from "./cli/report.ts";
import type { Terminal } from "./cli/terminal.ts";
import { createAlert } from "./create-alert.ts";
import { CreateError, type CreateErrorCode } from "./create-error.ts";
import { ownFolder } from "./read-stock.ts";

const EXIT: Readonly<Partial<Record<CreateErrorCode, number>>> = {
  CREATE_CANCELLED: 130,
  CREATE_NAME_INVALID: 2,
  CREATE_OPTION_INVALID: 2,
};

/** Runs the command; resolves to its exit code. Errors are printed as sentences, with `--json` as JSON. */
export const runCommand = async (words: readonly string[], terminal: Terminal): Promise<number> => {
  const isJson = words.includes("--json");
  try {
    const command = parseArgs(words);
    if (command.kind === "help") terminal.out(HELP);
    else if (command.kind === "version") terminal.out(ownVersion());
    else {
      const report = await createAlert(command.options, terminal);
      terminal.out(isJson ? JSON.stringify(report, null, 2) : printReport(report));
      if (!isJson) await tryOnSample(report, terminal);
    }
    return 0;
  } catch (error) {
    if (!(error instanceof CreateError)) throw error;
    if (isJson) terminal.out(JSON.stringify({ error: { code: error.code, message: error.message } }, null, 2));
    else if (error.code !== "CREATE_CANCELLED") terminal.err(error.message);
    return EXIT[error.code] ?? 1;
  }
};

/** Shows what the alert would have found, where the tools for it are there; elsewhere it is one of the next steps. */
const tryOnSample = async ({ trial, root, made, isDryRun, isInstalled }: Report, terminal: Terminal): Promise<void> => {
  const hasTools = made === "existing-pack" || isInstalled;
  // A shell that starts the program, as on Windows, would read other signs.
  if (trial === null || isDryRun || !hasTools || !/^[\w@./: -]+$/.test(trial)) return;
  const [program = "", ...words] = trial.split(" ");
  terminal.out(`\nWhat it finds in the sample (${trial}):\n`);
  const code = await terminal.run(program, words, { cwd: root, isQuiet: false });
  if (code !== 0)
    terminal.err(`${trial} failed (exit code ${code}). Its reason stands above; the alert is made all the same.`);
};

const ownVersion = (): string => {
  const folder = ownFolder(dirname(fileURLToPath(import.meta.url)));
  return (JSON.parse(readFileSync(`${folder}/package.json`, "utf8")) as { readonly version: string }).version;
};
