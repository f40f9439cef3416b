import { resolve } from "node:path";
import { CliError } from "../cli-error.ts";
import { parseConfig, parseCount, parseTime } from "../parse-options.ts";
import { findServiceConfig } from "../service/service-config.ts";
import type { ReplayJob } from "./replay-job.ts";

/** Options as commander gives them. */
export interface BacktestOptions {
  readonly events?: string;
  readonly url?: string;
  readonly prefix?: string;
  /** Indices with events in ECS; true for the usual ones. */
  readonly ecs?: string | boolean;
  /** The configuration of the service; false for none. */
  readonly service?: string | boolean;
  readonly allEvents?: boolean;
  readonly from?: string;
  readonly to?: string;
  readonly against?: string;
  readonly config?: string;
  readonly includeDisabled?: boolean;
  readonly maxPerDay?: string;
  readonly jobs: string;
  readonly resume?: string;
  readonly json?: boolean;
}

/** Options that were checked. */
export interface BacktestSettings {
  /** What all jobs have in common. */
  readonly common: Pick<ReplayJob, "config" | "source" | "from" | "to">;
  /** The version to compare with; null: none. */
  readonly against: string | null;
  /** Whether alerts are run that the pack has switched off. */
  readonly includesDisabled: boolean;
  /** More alerts a day of one name are too many; null: no number is. */
  readonly maxPerDay: number | null;
  /** Processes at once. */
  readonly atOnce: number;
  /** Where to note how far it has come; null: nowhere. */
  readonly resume: string | null;
  readonly json: boolean;
}

/**
 * Checks the options, all of them before anything is run.
 *
 * @throws {CliError} `CLI_OPTION_INVALID`.
 */
export const backtestSettings = (options: BacktestOptions, cwd: string): BacktestSettings => {
  const { against = null, maxPerDay, jobs, resume, json = false } = options;
  return {
    common: { config: parseConfig(options.config, cwd), source: sourceOf(options, cwd), ...timesOf(options) },
    against,
    includesDisabled: options.includeDisabled === true,
    maxPerDay:
      maxPerDay === undefined
        ? null
        : parseCount("--max-per-day", maxPerDay, { least: 0, most: Number.MAX_SAFE_INTEGER }),
    atOnce: parseCount("--jobs", jobs, { least: 1, most: 64 }),
    resume: resume === undefined ? null : resolve(cwd, resume),
    json,
  };
};

const sourceOf = (
  { events, url, prefix, ecs, service, allEvents }: BacktestOptions,
  cwd: string,
): ReplayJob["source"] => {
  if ((events === undefined) === (url === undefined))
    throw new CliError("CLI_OPTION_INVALID", "Say where the events are: --events <file> or --url <elasticsearch>.");
  return {
    file: events === undefined ? null : resolve(cwd, events),
    url: url ?? null,
    prefix: prefix ?? null,
    ecs: ecs ?? null,
    service: findServiceConfig(service, cwd),
    allEvents: allEvents === true,
  };
};

const timesOf = ({ from, to }: BacktestOptions): Pick<ReplayJob, "from" | "to"> => {
  const start = from === undefined ? null : parseTime("--from", from);
  const end = to === undefined ? null : parseTime("--to", to);
  if (start !== null && end !== null && start > end)
    throw new CliError("CLI_OPTION_INVALID", `--from ${from ?? ""} is after --to ${to ?? ""}.`);
  return { from: start?.toISOString() ?? null, to: end?.toISOString() ?? null };
};
