import { countOf } from "../count-of.ts";
import { CliError } from "../cli-error.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { alertSources } from "../events/alert-sources.ts";
import { findTargets, type Target } from "../packs/find-target.ts";
import { loadPacks, packsAround, type PackUnreadable } from "../packs/pack-folder.ts";
import { type FoundSuites, suitesOf } from "../packs/test-files.ts";
import { findServiceConfig } from "../service/service-config.ts";
import type { Terminal } from "../terminal.ts";
import { checkAlert } from "./check-alert.ts";
import { checkUnlisted } from "./check-unlisted.ts";
import { helpOf, type Problem, type Rule, RULES } from "./problem.ts";
import { readSubjects } from "./read-subjects.ts";
import { checkSources, sourceFiles } from "./source/check-sources.ts";
import type { SourceFile } from "../packs/parse-source.ts";

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
  const { targets, unreadable } = await findTargets(word, terminal.cwd);
  problems.push(...unreadable.map(packUnreadable).filter(({ rule }) => !ignored.has(rule)));
  const known = await knownNames(targets, terminal.cwd);
  for (const target of targets) {
    const found = await suitesOf(target.pack);
    const files = sourceFiles(target.pack.path);
    for (const subject of await readSubjects(target, { known, sources, found, files })) {
      alerts++;
      problems.push(...checkAlert(subject, ignored));
    }
    const ofPack = await packProblems(target, { found, files, ignored });
    problems.push(...ofPack.filter(({ rule }) => !ignored.has(rule)));
  }
  terminal.out(options.json === true ? JSON.stringify(problems.map(withHelp), null, 2) : printed(problems, alerts));
  if (problems.some(({ rule }) => UNSEEN.has(rule))) return EXIT.failed;
  return problems.length === 0 ? EXIT.ok : EXIT.found;
};

/** Rules about what could not be looked at. */
const UNSEEN: ReadonlySet<Rule> = new Set<Rule>(["tests-failing", "pack-unreadable"]);

const packUnreadable = ({ pack, message }: PackUnreadable): Problem => ({
  alert: pack,
  rule: "pack-unreadable",
  message,
});

interface ReadPack {
  readonly found: FoundSuites;
  readonly files: readonly SourceFile[];
  readonly ignored: ReadonlySet<string>;
}

/** What is about a pack as a whole, and about its code. Of one alert that is named only its own code counts. */
const packProblems = async (
  { pack, alerts, isNamed }: Target,
  { found, files, ignored }: ReadPack,
): Promise<readonly Problem[]> => {
  const names = [...pack.runnables.byName.keys()];
  const only = isNamed ? (alerts[0] ?? null) : null;
  const inCode = checkSources(files, { folder: pack.path, packName: pack.name, alerts: names, only, ignored });
  if (isNamed) return inCode;
  const said = (rule: Rule, messages: readonly string[]): readonly Problem[] =>
    messages.map((message) => ({ alert: pack.name, rule, message }));
  return [
    ...inCode,
    ...(await checkUnlisted(pack, files)),
    ...said("rule-invalid", pack.runnables.problems),
    ...said(
      "tests-failing",
      found.unreadable.map(({ message }) => message),
    ),
  ];
};

/** Other packs are only loaded when an alert says that it replaces one of theirs. */
const knownNames = async (targets: readonly Target[], cwd: string): Promise<ReadonlySet<string>> => {
  const names = new Set(targets.flatMap(({ pack }) => [...pack.runnables.byName.keys()]));
  const replaced = targets.flatMap(({ pack }) =>
    [...pack.runnables.byName.values()].flatMap(({ about }) => about?.replaces ?? []),
  );
  if (replaced.every((name) => names.has(name))) return names;
  const others = packsAround(cwd).filter(({ path }) => !targets.some(({ pack }) => pack.path === path));
  const { packs } = await loadPacks(others);
  return new Set([...names, ...packs.flatMap(({ runnables }) => [...runnables.byName.keys()])]);
};

const withHelp = (problem: Problem) => ({ ...problem, help: helpOf(problem.rule) });

const printed = (problems: readonly Problem[], alerts: number): string =>
  [
    ...problems.map(({ alert, rule, message }) => `${alert}: ${message} (${rule})`),
    ...(problems.length === 0 ? [] : ["Each rule, with wrong and right code:"]),
    ...[...new Set(problems.map(({ rule }) => rule))].sort().map((rule) => `  ${helpOf(rule)}`),
    `${countOf(alerts, "alert")}, ${countOf(problems.length, "problem")}`,
  ].join("\n");
