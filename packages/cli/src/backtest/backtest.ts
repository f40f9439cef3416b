import { rmSync } from "node:fs";
import { countOf } from "../count-of.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { findTargets, type Target } from "../packs/find-target.ts";
import { progressBar } from "../progress-bar.ts";
import { printError } from "../report-error.ts";
import type { Terminal } from "../terminal.ts";
import { type BacktestOptions, type BacktestSettings, backtestSettings } from "./backtest-settings.ts";
import { compareAlerts } from "./compare.ts";
import { jobsOf } from "./jobs-of.ts";
import { otherVersion } from "./other-version/other-version.ts";
import { countDays, type PackBacktest, printBacktest } from "./print-backtest.ts";
import type { Replay } from "./replay.ts";
import type { ReplayResult } from "./run-job.ts";
import { runJobs } from "./run-jobs.ts";

/** Runs alerts over stored events and prints what would have fired. */
export const backtest = async (
  word: string | undefined,
  options: BacktestOptions,
  terminal: Terminal,
): Promise<ExitCode> => {
  const settings = backtestSettings(options, terminal.cwd);
  const { targets, unreadable } = await findTargets(word, terminal.cwd);
  for (const error of unreadable) printError(error, terminal);
  const results: PackBacktest[] = [];
  const checkpoints: string[] = [];
  for (const [position, target] of targets.entries()) {
    const resume = checkpointOf(settings, position === 0 ? null : target.pack.name);
    const { result, files } = await backtestPack(target, { ...settings, resume }, terminal);
    results.push(result);
    checkpoints.push(...files);
  }
  // Not before: were a later pack broken off, all of the earlier ones would have to be run again.
  for (const file of checkpoints) rmSync(file, { force: true });
  terminal.out(settings.json ? JSON.stringify(results, null, 2) : results.map(printBacktest).join("\n\n"));
  if (unreadable.length > 0 || results.some(({ errors }) => errors.length > 0)) return EXIT.failed;
  return isTooLoud(results, settings, terminal) ? EXIT.found : EXIT.ok;
};

/** A file for each pack. The first has the name that was given, so that a file of another backtest is noticed at once. */
const checkpointOf = ({ resume }: BacktestSettings, pack: string | null): string | null =>
  resume === null || pack === null ? resume : `${resume}.${pack.replace("@", "").replaceAll("/", "-")}`;

const backtestPack = async (
  target: Target,
  settings: BacktestSettings,
  terminal: Terminal,
): Promise<{ readonly result: PackBacktest; readonly files: readonly string[] }> => {
  const started = performance.now();
  const { against, atOnce } = settings;
  const { alerts, disabled } = chosenAlerts(target, settings);
  const isCompared = against !== null && alerts.length > 0;
  const other = isCompared ? otherVersion(target.pack, against, terminal.cwd) : null;
  const bar = progressBar(terminal.status, target.pack.name);
  try {
    const { own, others } = jobsOf({ ...target, alerts }, other, settings);
    const jobs = [...own, ...others];
    const onProgress = (share: number, slot: string): void => bar.show(share, minuteOf(slot));
    const done = await runJobs(jobs, { atOnce, terminal, onProgress });
    const [after, before] = [merged(done.slice(0, own.length)), merged(done.slice(own.length))];
    const result = {
      ...after,
      pack: target.pack.name,
      names: alerts,
      disabled,
      ms: performance.now() - started,
      comparison: isCompared ? { against, ...compareAlerts(before.alerts, after.alerts) } : null,
    };
    return { result, files: jobs.flatMap(({ resume }) => resume ?? []) };
  } finally {
    bar.end();
    other?.remove();
  }
};

/** What a pack has switched off is not what it would have done, unless the user wants to know. */
const chosenAlerts = (
  { pack, alerts, isNamed }: Target,
  { includesDisabled }: BacktestSettings,
): { readonly alerts: readonly string[]; readonly disabled: readonly string[] } => {
  const { byName } = pack.runnables;
  const isChosen = (name: string): boolean => isNamed || includesDisabled || byName.get(name)?.isEnabled !== false;
  // Its rules are run; with them it would make each of their alerts a second time.
  const run = alerts.filter((name) => isNamed || byName.get(name)?.isReplacedByRules !== true);
  return { alerts: run.filter(isChosen), disabled: run.filter((name) => !isChosen(name)) };
};

const minuteOf = (slot: string): string => slot.slice(0, 16).replace("T", " ");

const merged = (results: readonly ReplayResult[]): Replay & Pick<PackBacktest, "from" | "to" | "events"> => ({
  from: results[0]?.from ?? null,
  to:
    results
      .map(({ to }) => to)
      .sort()
      .at(-1) ?? null,
  events: results[0]?.events ?? 0,
  slots: Math.max(0, ...results.map(({ slots }) => slots)),
  alerts: results.flatMap(({ alerts }) => alerts).sort((a, b) => (a.slot === b.slot ? 0 : a.slot < b.slot ? -1 : 1)),
  errors: results.flatMap(({ errors }) => errors),
  // Each part has read all events.
  refused: results[0]?.refused ?? { count: 0, reason: null },
});

const isTooLoud = (results: readonly PackBacktest[], { maxPerDay }: BacktestSettings, terminal: Terminal): boolean => {
  if (maxPerDay === null) return false;
  const loud = results.flatMap(({ alerts }) => countDays(alerts)).filter(({ count }) => count > maxPerDay);
  for (const { day, name, count } of loud)
    terminal.err(`${name} fires ${countOf(count, "time")} on ${day}, more than the ${maxPerDay} allowed.`);
  return loud.length > 0;
};
