import { countOf } from "../count-of.ts";
import { CliError } from "../cli-error.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { findTargets } from "../packs/find-target.ts";
import type { Terminal } from "../terminal.ts";
import { checkAlert } from "./check-alert.ts";
import { type Problem, RULES } from "./problem.ts";
import { readSubjects } from "./read-subjects.ts";

/** Options as commander gives them. */
export interface LintOptions {
  readonly ignore: readonly string[];
  readonly json?: boolean;
}

/** Checks alerts against the rules and prints what is wrong. */
export const lint = async (word: string | undefined, options: LintOptions, terminal: Terminal): Promise<ExitCode> => {
  const unknown = options.ignore.find((rule) => !Object.hasOwn(RULES, rule));
  if (unknown !== undefined)
    throw new CliError(
      "CLI_OPTION_INVALID",
      `--ignore: no rule "${unknown}". Known are ${Object.keys(RULES).join(", ")}.`,
    );
  const ignored = new Set(options.ignore);
  const problems: Problem[] = [];
  let alerts = 0;
  for (const target of await findTargets(word, terminal.cwd))
    for (const subject of await readSubjects(target)) {
      alerts++;
      problems.push(...checkAlert(subject, ignored));
    }
  terminal.out(options.json === true ? JSON.stringify(problems, null, 2) : printed(problems, alerts));
  return problems.length === 0 ? EXIT.ok : EXIT.found;
};

const printed = (problems: readonly Problem[], alerts: number): string =>
  [
    ...problems.map(({ alert, rule, message }) => `${alert}: ${message} (${rule})`),
    `${countOf(alerts, "alert")}, ${countOf(problems.length, "problem")}`,
  ].join("\n");
