import {
  type CollectedSuite,
  mutateSuites,
  type MutationReport,
  printMutationReport,
  readSuite,
} from "@mozdef/alert-testing";
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { countOf } from "../count-of.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { findTargets, type Target } from "../packs/find-target.ts";
import { suitesOf } from "../packs/test-files.ts";
import type { Terminal } from "../terminal.ts";

export interface MutateOptions {
  /** Least share of noticed mutants of each alert, in percent. */
  readonly break: number;
  /** Where the report goes as JSON. */
  readonly json: string | undefined;
}

/** What is written as JSON. */
interface JsonReport {
  readonly alerts: readonly MutationReport[];
  /** Alerts without a suite. */
  readonly untested: readonly string[];
}

/** Mutates the alerts meant and prints what survives. */
export const mutate = async (
  word: string | undefined,
  options: MutateOptions,
  terminal: Terminal,
): Promise<ExitCode> => {
  const reports: MutationReport[] = [];
  const untested: string[] = [];
  for (const target of await findTargets(word, terminal.cwd)) {
    const suites = suitesFor(target, await suitesOf(target.pack));
    const { byName } = target.pack.runnables;
    const rules = target.alerts.filter((name) => byName.get(name)?.isRule === true);
    if (rules.length > 0) terminal.out(noteOf(target.pack.name, rules));
    const alerts = target.alerts.filter((name) => !rules.includes(name));
    untested.push(...alerts.filter((name) => !suites.some(({ task }) => task.name === name)));
    for (const own of byAlert(suites)) {
      const report = await mutateSuites(own.map(({ task, suite }) => readSuite(task, suite)));
      reports.push(report);
      terminal.out(printMutationReport(report));
    }
  }
  for (const name of untested)
    terminal.out(`${name}: no suite. Describe it with describeAlert in a file *.test.ts of its pack.`);
  terminal.out(summaryOf(reports, untested));
  if (options.json !== undefined) writeReport(resolve(terminal.cwd, options.json), { alerts: reports, untested });
  return isGood(reports, untested, options.break) ? EXIT.ok : EXIT.found;
};

/** Rules are never skipped silently. */
const noteOf = (pack: string, rules: readonly string[]): string =>
  `${pack}: ${countOf(rules.length, "rule")} left out: rules are data for a class, and suites are about classes.`;

const suitesFor = ({ alerts }: Target, suites: readonly CollectedSuite[]): readonly CollectedSuite[] =>
  suites.filter(({ task }) => alerts.includes(task.name));

/** One alert may have several suites; a mutant needs one case of any of them. */
const byAlert = (suites: readonly CollectedSuite[]): readonly (readonly CollectedSuite[])[] =>
  [...new Set(suites.map(({ task }) => task.name))].map((name) => suites.filter(({ task }) => task.name === name));

const summaryOf = (reports: readonly MutationReport[], untested: readonly string[]): string => {
  const mutants = reports.flatMap((report) => report.mutants);
  const survivors = mutants.filter(({ outcome }) => outcome === "survived").length;
  const seconds = reports.reduce((sum, { ms }) => sum + ms, 0) / 1_000;
  const without = untested.length === 0 ? "" : `, ${countOf(untested.length, "alert")} without a suite`;
  return `${countOf(reports.length, "alert")}, ${countOf(mutants.length, "mutant")}, ${survivors} survived${without} (${seconds.toFixed(1)} s)`;
};

/** Without `--break`, survivors are only reported. */
const isGood = (reports: readonly MutationReport[], untested: readonly string[], least: number): boolean =>
  reports.every(({ score, stale }) => score >= least && (least === 0 || stale.length === 0)) &&
  (least === 0 || untested.length === 0);

const writeReport = (file: string, report: JsonReport): void => {
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
};
