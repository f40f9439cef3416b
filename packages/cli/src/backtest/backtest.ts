import { rmSync } from "node:fs";
import { resolve } from "node:path";
import { countOf } from "../count-of.ts";
import { CliError } from "../cli-error.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { findTargets, type Target } from "../packs/find-target.ts";
import { parseConfig, parseCount, parseTime } from "../parse-options.ts";
import { progressBar } from "../progress-bar.ts";
import type { Terminal } from "../terminal.ts";
import { compareAlerts } from "./compare.ts";
import { otherVersion } from "./other-version/other-version.ts";
import type { OtherVersion } from "./other-version/version-folder.ts";
import { countDays, type PackBacktest, printBacktest } from "./print-backtest.ts";
import type { ReplayJob, ReplayResult } from "./replay-job.ts";
import { runJobs } from "./run-jobs.ts";

/** Options as commander gives them. */
export interface BacktestOptions {
  readonly events?: string;
  readonly url?: string;
  readonly prefix?: string;
  readonly allEvents?: boolean;
  readonly from?: string;
  readonly to?: string;
  readonly against?: string;
  readonly config?: string;
  readonly maxPerDay?: string;
  readonly jobs: string;
  readonly resume?: string;
  readonly json?: boolean;
}

/** Runs alerts over stored events and prints what would have fired. */
export const backtest = async (
  word: string | undefined,
  options: BacktestOptions,
  terminal: Terminal,
): Promise<ExitCode> => {
  const targets = await findTargets(word, terminal.cwd);
  const results: PackBacktest[] = [];
  for (const target of targets) results.push(await backtestPack(target, options, terminal));
  terminal.out(options.json === true ? JSON.stringify(results, null, 2) : results.map(printBacktest).join("\n\n"));
  if (results.some(({ errors }) => errors.length > 0)) return EXIT.failed;
  return isTooLoud(results, options, terminal) ? EXIT.found : EXIT.ok;
};

const backtestPack = async (target: Target, options: BacktestOptions, terminal: Terminal): Promise<PackBacktest> => {
  const started = performance.now();
  const other = options.against === undefined ? null : otherVersion(target.pack, options.against, terminal.cwd);
  const bar = progressBar(terminal.status, target.pack.name);
  try {
    const atOnce = parseCount("--jobs", options.jobs, { least: 1, most: 64 });
    const { jobs, own } = jobsOf(target, other, options, { atOnce, cwd: terminal.cwd });
    const done = await runJobs(jobs, {
      atOnce,
      terminal,
      onProgress: (share, slot) => bar.show(share, minuteOf(slot)),
    });
    // What is finished needs no checkpoint.
    for (const { resume } of jobs) if (resume !== null) rmSync(resume, { force: true });
    const [after, before] = [merged(done.slice(0, own)), merged(done.slice(own))];
    return {
      ...after,
      pack: target.pack.name,
      names: target.alerts,
      ms: performance.now() - started,
      comparison:
        options.against === undefined
          ? null
          : { against: options.against, ...compareAlerts(before.alerts, after.alerts) },
    };
  } finally {
    bar.end();
    other?.remove();
  }
};

const minuteOf = (slot: string): string => slot.slice(0, 16).replace("T", " ");

/** The alerts of this version in as many jobs as may run at once, then those of the other version in one more. */
const jobsOf = (
  { pack, alerts }: Target,
  other: OtherVersion | null,
  options: BacktestOptions,
  { atOnce, cwd }: { readonly atOnce: number; readonly cwd: string },
): { readonly jobs: readonly ReplayJob[]; readonly own: number } => {
  const common = commonPart(options, cwd);
  const resume = options.resume === undefined ? null : resolve(cwd, options.resume);
  // Every process reads all events: a part has to be worth that.
  const parts = Math.max(1, Math.min(other === null ? atOnce : atOnce - 1, Math.ceil(alerts.length / LEAST_ALERTS)));
  const { name, path, entry } = pack;
  const own = Array.from({ length: parts }, (_, part): ReplayJob => ({
    ...common,
    pack: { name, path, entry },
    alerts: alerts.filter((_name, index) => index % parts === part),
    resume: resume === null ? null : `${resume}${part === 0 ? "" : `.${part}`}`,
  }));
  const against: readonly ReplayJob[] =
    other === null
      ? []
      : [{ ...common, pack: other.folder, alerts, resume: resume === null ? null : `${resume}.against` }];
  return { jobs: [...own, ...against], own: parts };
};

/** Alerts in a process of their own. */
const LEAST_ALERTS = 4;

const commonPart = (options: BacktestOptions, cwd: string): Pick<ReplayJob, "config" | "source" | "from" | "to"> => {
  const { events, url, prefix, from, to } = options;
  if ((events === undefined) === (url === undefined))
    throw new CliError("CLI_OPTION_INVALID", "Say where the events are: --events <file> or --url <elasticsearch>.");
  const times = {
    from: from === undefined ? null : parseTime("--from", from),
    to: to === undefined ? null : parseTime("--to", to),
  };
  if (times.from !== null && times.to !== null && times.from > times.to)
    throw new CliError("CLI_OPTION_INVALID", `--from ${from ?? ""} is after --to ${to ?? ""}.`);
  return {
    config: parseConfig(options.config, cwd),
    source: {
      file: events === undefined ? null : resolve(cwd, events),
      url: url ?? null,
      prefix: prefix ?? null,
      allEvents: options.allEvents === true,
    },
    from: times.from?.toISOString() ?? null,
    to: times.to?.toISOString() ?? null,
  };
};

const merged = (results: readonly ReplayResult[]): ReplayResult => ({
  from: results[0]?.from ?? "",
  to:
    results
      .map(({ to }) => to)
      .sort()
      .at(-1) ?? "",
  events: results[0]?.events ?? 0,
  slots: Math.max(0, ...results.map(({ slots }) => slots)),
  alerts: results.flatMap(({ alerts }) => alerts).sort((a, b) => (a.slot === b.slot ? 0 : a.slot < b.slot ? -1 : 1)),
  errors: results.flatMap(({ errors }) => errors),
});

const isTooLoud = (results: readonly PackBacktest[], { maxPerDay }: BacktestOptions, terminal: Terminal): boolean => {
  if (maxPerDay === undefined) return false;
  const most = parseCount("--max-per-day", maxPerDay, { least: 0, most: Number.MAX_SAFE_INTEGER });
  const loud = results.flatMap(({ alerts }) => countDays(alerts)).filter(({ count }) => count > most);
  for (const { day, name, count } of loud)
    terminal.err(`${name} fires ${countOf(count, "time")} on ${day}, more than the ${most} allowed.`);
  return loud.length > 0;
};
