import { countOf } from "../count-of.ts";
import { CliError } from "../cli-error.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { alertSources } from "../events/alert-sources.ts";
import { findTargets, type Target } from "../packs/find-target.ts";
import { loadPack, packsAround } from "../packs/pack-folder.ts";
import { findServiceConfig } from "../service/service-config.ts";
import type { Terminal } from "../terminal.ts";
import { checkAlert } from "./check-alert.ts";
import { type Problem, RULES } from "./problem.ts";
import { readSubjects } from "./read-subjects.ts";

/** Options as commander gives them. */
export interface LintOptions {
  readonly ignore: readonly string[];
  /** The configuration of the service; false for none. */
  readonly service?: string | boolean;
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
  const sources = await alertSources({ service: findServiceConfig(options.service, terminal.cwd) });
  const targets = await findTargets(word, terminal.cwd);
  const known = await knownNames(targets, terminal.cwd);
  for (const target of targets) {
    for (const subject of await readSubjects(target, { known, sources })) {
      alerts++;
      problems.push(...checkAlert(subject, ignored));
    }
    problems.push(...(ignored.has("rule-invalid") || target.isNamed ? [] : invalidRules(target)));
  }
  terminal.out(options.json === true ? JSON.stringify(problems, null, 2) : printed(problems, alerts));
  return problems.length === 0 ? EXIT.ok : EXIT.found;
};

const invalidRules = ({ pack }: Target): readonly Problem[] =>
  pack.runnables.problems.map((message) => ({ alert: pack.name, rule: "rule-invalid", message }));

/** Other packs are only loaded when an alert says that it replaces one of theirs. */
const knownNames = async (targets: readonly Target[], cwd: string): Promise<ReadonlySet<string>> => {
  const names = new Set(targets.flatMap(({ pack }) => [...pack.runnables.byName.keys()]));
  const replaced = targets.flatMap(({ pack }) =>
    [...pack.runnables.byName.values()].flatMap(({ about }) => about?.replaces ?? []),
  );
  if (replaced.every((name) => names.has(name))) return names;
  const others = packsAround(cwd).filter(({ path }) => !targets.some(({ pack }) => pack.path === path));
  const loaded = await Promise.all(others.map(loadPack));
  return new Set([...names, ...loaded.flatMap(({ runnables }) => [...runnables.byName.keys()])]);
};

const printed = (problems: readonly Problem[], alerts: number): string =>
  [
    ...problems.map(({ alert, rule, message }) => `${alert}: ${message} (${rule})`),
    `${countOf(alerts, "alert")}, ${countOf(problems.length, "problem")}`,
  ].join("\n");
