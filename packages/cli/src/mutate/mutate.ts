import { mutateSuites, type MutationReport, printMutationReport, readSuite } from "@mozdef/alert-testing";
import { messageOf } from "@mozdef/alert";
import { countOf } from "../count-of.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { findTargets, type Target } from "../packs/find-target.ts";
import { type FoundSuite, suitesOf } from "../packs/test-files.ts";
import { printError } from "../report-error.ts";
import type { Terminal } from "../terminal.ts";

export interface MutateOptions {
  /** Least share of noticed mutants of each alert, in percent; 0 never fails. */
  readonly break: number;
  readonly isJson: boolean;
}

/** What `--json` prints. */
interface JsonReport {
  readonly alerts: readonly MutationReport[];
  /** Alerts without a suite. */
  readonly untested: readonly string[];
  /** Alerts that were not mutated, since their own cases fail, and test files that cannot be imported. */
  readonly failed: readonly Failure[];
}

interface Failure {
  /** The class name; null for a file, whose alerts are not known. */
  readonly alert: string | null;
  readonly message: string;
}

/** Mutates the alerts meant and prints what survives. A suite that fails keeps no other from its turn. */
export const mutate = async (
  word: string | undefined,
  options: MutateOptions,
  terminal: Terminal,
): Promise<ExitCode> => {
  const reports: MutationReport[] = [];
  const untested: string[] = [];
  const failed: Failure[] = [];
  // With --json the result is for tools: what is for people goes where errors go.
  const say = options.isJson ? terminal.err : terminal.out;
  for (const target of await findTargets(word, terminal.cwd)) {
    const found = await suitesOf(target.pack);
    for (const error of found.unreadable) {
      printError(error, terminal);
      failed.push({ alert: null, message: error.message });
    }
    const suites = suitesFor(target, found.suites);
    const { byName } = target.pack.runnables;
    const rules = target.alerts.filter((name) => byName.get(name)?.isRule === true);
    if (rules.length > 0) say(noteOf(target.pack.name, rules));
    const alerts = target.alerts.filter((name) => !rules.includes(name));
    untested.push(...alerts.filter((name) => !suites.some(({ task }) => task.name === name)));
    for (const own of byAlert(suites))
      try {
        const report = await mutateSuites(own.map(({ task, suite }) => readSuite(task, suite)));
        reports.push(report);
        say(printMutationReport(report));
      } catch (cause) {
        const alert = own[0]?.task.name ?? "";
        terminal.err(`${alert}: not mutated. ${messageOf(cause)}`);
        failed.push({ alert, message: messageOf(cause) });
      }
  }
  for (const name of untested)
    say(`${name}: no suite. Describe it with describeAlert in a file *.test.ts of its pack.`);
  say(summaryOf({ alerts: reports, untested, failed }));
  const report: JsonReport = { alerts: reports, untested, failed };
  if (options.isJson) terminal.out(JSON.stringify(report, null, 2));
  if (failed.length > 0) return EXIT.failed;
  return isGood(report, options.break) ? EXIT.ok : EXIT.found;
};

/** Rules are never skipped silently. */
const noteOf = (pack: string, rules: readonly string[]): string =>
  `${pack}: ${countOf(rules.length, "rule")} left out: rules are data for a class, and suites are about classes.`;

const suitesFor = ({ alerts }: Target, suites: readonly FoundSuite[]): readonly FoundSuite[] =>
  suites.filter(({ task }) => alerts.includes(task.name));

/** One alert may have several suites; a mutant needs one case of any of them. */
const byAlert = (suites: readonly FoundSuite[]): readonly (readonly FoundSuite[])[] =>
  [...new Set(suites.map(({ task }) => task.name))].map((name) => suites.filter(({ task }) => task.name === name));

const summaryOf = ({ alerts, untested, failed }: JsonReport): string => {
  const mutants = alerts.flatMap((report) => report.mutants);
  const survivors = mutants.filter(({ outcome }) => outcome === "survived").length;
  const seconds = alerts.reduce((sum, { ms }) => sum + ms, 0) / 1_000;
  const without = untested.length === 0 ? "" : `, ${countOf(untested.length, "alert")} without a suite`;
  const broken = failed.length === 0 ? "" : `, ${failed.length} not mutated`;
  return `${countOf(alerts.length, "alert")}, ${countOf(mutants.length, "mutant")}, ${survivors} survived${without}${broken} (${seconds.toFixed(1)} s)`;
};

/** With `--break 0`, survivors are only reported. */
const isGood = ({ alerts, untested }: JsonReport, least: number): boolean =>
  alerts.every(({ score, stale }) => score >= least && (least === 0 || stale.length === 0)) &&
  (least === 0 || untested.length === 0);
