import { openContext, type RunResult } from "@mozdef/alert-engine";
import { explain, type Explanation, printExplanation } from "@mozdef/alert-explain";
import { createAlertStore } from "@mozdef/alert-store";
import { createTestSite, type TestSite } from "@mozdef/alert-testing";
import { type LogEvent, readLog } from "@mozdef/event-intake";
import { resolve } from "node:path";
import { CliError } from "../cli-error.ts";
import { countOf } from "../count-of.ts";
import { alertServices } from "../events/alert-services.ts";
import { arrived, receivedMs } from "../events/read-events.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { printRead, shown, zoneOf } from "../intake/explain-intake.ts";
import { findAlert } from "../packs/find-target.ts";
import type { LoadedPack } from "../packs/pack-folder.ts";
import { packParsers } from "../packs/pack-parsers.ts";
import { type Runnable, taskOf } from "../packs/runnable.ts";
import { parseConfig, parseTime, readText } from "../parse-options.ts";
import { readServiceConfig } from "../service/service-config.ts";
import type { Terminal } from "../terminal.ts";
import { placeInCode } from "./place-in-code.ts";

/** Options as commander gives them. */
export interface TryOptions {
  readonly file?: string;
  readonly at?: string;
  readonly zone?: string;
  readonly config?: string;
  readonly json?: boolean;
}

/** Runs an alert over lines of a log and shows each step. @returns `failed` when the alert itself fails. */
export const tryAlert = async (name: string, options: TryOptions, terminal: Terminal): Promise<ExitCode> => {
  const { pack, alert } = await findAlert(name, terminal.cwd);
  const entry = pack.runnables.byName.get(alert);
  if (entry === undefined) throw new CliError("CLI_TARGET_UNKNOWN", `There is no alert ${alert} in ${pack.name}.`);
  const read = await readLines(pack, options, terminal);
  const tried = await runOver(read, { pack, alert, entry, options }, terminal);
  terminal.out(options.json === true ? JSON.stringify(forTools(read, tried), null, 2) : printed(read, tried, pack));
  return tried.result.errors.length > 0 ? EXIT.failed : EXIT.ok;
};

const readLines = async (
  pack: LoadedPack,
  { file, zone }: TryOptions,
  terminal: Terminal,
): Promise<readonly LogEvent[]> => {
  const zoneMinutes = zoneOf(zone);
  const text = file === undefined ? await terminal.readInput() : readText(resolve(terminal.cwd, file));
  const config = await readServiceConfig(null);
  const parsers = await packParsers({ own: pack, config, ...terminal });
  const read = readLog(text, { receivedAt: new Date(), zoneMinutes, parsers });
  if (read.length > 0) return read;
  throw new CliError(
    "CLI_INPUT_INVALID",
    `${file ?? "Standard input"} has no event. Expected lines of a log, or JSON.`,
  );
};

interface Trial {
  readonly pack: LoadedPack;
  readonly alert: string;
  readonly entry: Runnable;
  readonly options: TryOptions;
}

/** What came of it. */
interface Tried {
  readonly now: Date;
  /** Null when the alert fails before it searches. */
  readonly explanation: Explanation | null;
  readonly result: RunResult;
  readonly alerts: Awaited<ReturnType<TestSite["alerts"]>>;
}

const runOver = async (read: readonly LogEvent[], trial: Trial, terminal: Terminal): Promise<Tried> => {
  const { pack, alert, entry, options } = trial;
  // Nobody has received them yet: each counts from when it happened.
  const events = read.map(({ event }, index) => arrived(`${index + 1}`, event));
  const times = events.map((event) => receivedMs(event)).filter((ms) => !Number.isNaN(ms));
  const newest = times.length === 0 ? new Date() : new Date(times.reduce((latest, ms) => Math.max(latest, ms)));
  const now = options.at === undefined ? newest : parseTime("--at", options.at);
  const config = parseConfig(options.config, terminal.cwd) ?? entry.config;
  const site = await createTestSite({ now: now.toISOString(), elasticsearch: "", fields: pack.pack.fields });
  try {
    await site.saveEvents(events.map(({ source }) => ({ receivedtimestamp: source.utctimestamp, ...source })));
    await site.refresh();
    // Before the run, which marks what it has alerted on.
    const explanation = await explainOn(site, { alert, entry, config }, terminal);
    const result = await site.run(entry.task, { config });
    return { now, explanation, result, alerts: await site.alerts() };
  } finally {
    await site.close();
  }
};

const explainOn = async (
  site: TestSite,
  { alert, entry, config }: Pick<Trial, "alert" | "entry"> & { readonly config: unknown },
  terminal: Terminal,
): Promise<Explanation | null> => {
  const store = createAlertStore({ client: site.client });
  const run = { task: alert, choice: {}, now: new Date(site.now), signal: new AbortController().signal };
  const { context } = openContext(store, { ...alertServices(terminal), dns: site.dns }, run);
  try {
    return await explain(store, taskOf(alert, entry, config), { context, choice: {} });
  } catch {
    // The run says why.
    return null;
  }
};

/** More of them would push the answer from the screen; all are counted. */
const MOST_SHOWN = 2;

const printed = (read: readonly LogEvent[], { now, explanation, result, alerts }: Tried, pack: LoadedPack): string =>
  [
    ...read.slice(0, MOST_SHOWN).map(printRead),
    `${countOf(read.length, "event")} read${read.length > MOST_SHOWN ? `, the first ${MOST_SHOWN} above; mozdef intake --explain shows all` : ""}. The alert looks at ${now.toISOString()}.`,
    ...(explanation === null ? [] : [printExplanation(explanation)]),
    ...result.errors.map((error) => `FAILED ${error.message}${placeText(error, pack)}`),
    ...alerts.map(({ _source: { severity, summary, category, tags, events } }) =>
      [
        `ALERT ${severity} ${shown(summary)}`,
        `  category ${shown(category)}, tags ${shown(tags)}, ${countOf(events.length, "event")} shown`,
      ].join("\n"),
    ),
    ...(alerts.length === 0 ? ["No alert."] : []),
  ].join("\n\n");

const placeText = (error: unknown, { path }: LoadedPack): string => {
  const place = placeInCode(error, path);
  return place === null ? "" : `\n  at ${place}`;
};

const forTools = (read: readonly LogEvent[], { now, explanation, result, alerts }: Tried): object => ({
  now,
  events: read,
  explanation,
  errors: result.errors.map(({ code, message }) => ({ code, message })),
  alerts: alerts.map(({ _source }) => _source),
});
