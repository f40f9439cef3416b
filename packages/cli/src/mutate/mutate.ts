import { mutateSuites, type MutationReport, printMutationReport, readSuite, scoreOf } from "@mozdef/alert-testing";
import { messageOf } from "@mozdef/alert";
import { countOf } from "../count-of.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { sourceFiles } from "../lint/source/check-sources.ts";
import { findTargets, type Target } from "../packs/find-target.ts";
import { type FoundSuite, suitesOf } from "../packs/test-files.ts";
import { type ProgressBar, progressBar } from "../progress-bar.ts";
import { printError } from "../report-error.ts";
import type { Terminal } from "../terminal.ts";
import { type CodeMutation, openCodeMutation } from "./code/mutate-code.ts";
import { type Failure, isGood, type JsonReport, summaryOf } from "./json-report.ts";

export interface MutateOptions {
  /** Least share of noticed mutants of each alert, in percent; 0 never fails. */
  readonly break: number;
  readonly isJson: boolean;
}

/** Mutates the alerts meant and prints what survives. What cannot be mutated keeps nothing else from its turn. */
export const mutate = async (
  word: string | undefined,
  options: MutateOptions,
  terminal: Terminal,
): Promise<ExitCode> => {
  const { targets, unreadable } = await findTargets(word, terminal.cwd);
  const found: Found = { alerts: [], untested: [], notes: [], failed: [] };
  // With --json the result is for tools: what is for people goes where errors go.
  const say = options.isJson ? terminal.err : terminal.out;
  for (const error of unreadable) fail(error, found, terminal);
  const bar = progressBar(terminal.status, "mutate");
  try {
    for (const [index, target] of targets.entries())
      await mutatePack(target, found, {
        terminal,
        say,
        show: (share, detail) => bar.show((index + share) / targets.length, detail),
      });
  } finally {
    bar.end();
  }
  for (const name of found.untested)
    say(`${name}: no suite. Describe it with describeAlert in a file *.test.ts of its pack.`);
  say(summaryOf(found));
  if (options.isJson) terminal.out(JSON.stringify(found, null, 2));
  if (found.failed.length > 0) return EXIT.failed;
  return isGood(found, options.break) ? EXIT.ok : EXIT.found;
};

/** What was found so far. */
type Found = { readonly [Key in keyof JsonReport]: JsonReport[Key][number][] };

interface Reporting extends Pick<ProgressBar, "show"> {
  readonly terminal: Terminal;
  readonly say: (text: string) => void;
}

const fail = (error: Error, { failed }: Found, terminal: Terminal): void => {
  printError(error, terminal);
  failed.push({ alert: null, message: error.message } satisfies Failure);
};

const mutatePack = async (target: Target, found: Found, { terminal, say, show }: Reporting): Promise<void> => {
  const { pack } = target;
  const { suites, unreadable } = await suitesOf(pack);
  for (const error of unreadable) fail(error, found, terminal);
  const rules = target.alerts.filter((name) => pack.runnables.byName.get(name)?.isRule === true);
  if (rules.length > 0) say(noteOf(pack.name, rules));
  const alerts = target.alerts.filter((name) => !rules.includes(name));
  found.untested.push(...alerts.filter((name) => !suites.some(({ task }) => task.name === name)));
  const tested = byAlert(suites.filter(({ task }) => alerts.includes(task.name)));
  const code = openCodeMutation({ pack, suites, files: sourceFiles(pack.path), cwd: terminal.cwd });
  try {
    for (const [index, own] of tested.entries()) {
      const alert = own[0]?.task.name ?? "";
      const part = (share: number, detail: string): void =>
        show((index + share) / tested.length, `${alert} ${detail}`.trim());
      part(0, "");
      try {
        const { report, note } = await mutateAlert(own, code, part);
        found.alerts.push(report);
        say(printMutationReport(report));
        if (note === null) continue;
        found.notes.push(`${alert}: ${note}`);
        say(`${alert}: ${note}.`);
      } catch (cause) {
        terminal.err(`${alert}: not mutated. ${messageOf(cause)}`);
        found.failed.push({ alert, message: messageOf(cause) });
      }
    }
  } finally {
    code.end();
  }
};

/** What an alert asks for and says first: its own cases have to pass. Then what its code decides. */
const mutateAlert = async (
  own: readonly FoundSuite[],
  code: CodeMutation,
  show: ProgressBar["show"],
): Promise<{ readonly report: MutationReport; readonly note: string | null }> => {
  const started = performance.now();
  const said = await mutateSuites(own.map(({ task, suite }) => readSuite(task, suite)));
  const decided = await code.of(said.alert, (done, all) => show(done / all, `${done}/${all}`));
  if (typeof decided === "string") return { report: said, note: decided };
  const mutants = [...said.mutants, ...decided.mutants];
  const stale = [...said.stale, ...decided.stale];
  const ms = performance.now() - started;
  return { report: { alert: said.alert, mutants, stale, score: scoreOf(mutants), ms }, note: null };
};

/** Rules are never skipped silently. */
const noteOf = (pack: string, rules: readonly string[]): string =>
  `${pack}: ${countOf(rules.length, "rule")} left out: rules are data for a class, and suites are about classes.`;

/** One alert may have several suites; a mutant needs one case of any of them. */
const byAlert = (suites: readonly FoundSuite[]): readonly (readonly FoundSuite[])[] =>
  [...new Set(suites.map(({ task }) => task.name))].map((name) => suites.filter(({ task }) => task.name === name));
