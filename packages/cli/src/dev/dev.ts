import { existsSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { runInProcess } from "../backtest/job-process.ts";
import type { ReplayJob } from "../backtest/replay-job.ts";
import type { ReplayResult } from "../backtest/run-job.ts";
import { CliError } from "../cli-error.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { findTargets, type Target } from "../packs/find-target.ts";
import { testFiles } from "../packs/test-files.ts";
import { findServiceConfig } from "../service/service-config.ts";
import type { Terminal } from "../terminal.ts";
import { filesAbout, isForNode } from "../test-run/run-tests.ts";
import { startDevLoop } from "./dev-loop.ts";
import { eventStore, type EventStore } from "./event-store.ts";
import { nodeSession } from "./node-session.ts";
import type { TestsSummary } from "./tests-summary.ts";
import { type TestSession, vitestSession } from "./vitest-session.ts";
import { type WatchSources, watchSources } from "./watch-sources.ts";

/** Options as commander gives them. */
export interface DevOptions {
  readonly url?: string;
  readonly prefix?: string;
  readonly service?: string | boolean;
}

/** What the command gets from outside; tests put their own in place. */
export interface DevParts {
  readonly watch: WatchSources;
  readonly now: () => Date;
  /** Ends the command. */
  readonly signal: AbortSignal;
}

const DAY_MS = 86_400_000;

/** Watches the sources of a pack: after each edit its tests are run and its last day is replayed. Runs until it is told to end. */
export const dev = async (
  word: string | undefined,
  options: DevOptions,
  terminal: Terminal,
  parts: DevParts = processParts(),
): Promise<ExitCode> => {
  const target = await onlyTarget(word, terminal);
  const { path } = target.pack;
  const file = findServiceConfig(options.service, terminal.cwd);
  const { url, prefix } = options;
  const store = await eventStore({ url, prefix, file, env: process.env, fetch });
  const folder = existsSync(join(path, "src")) ? join(path, "src") : path;
  const what = target.isNamed ? target.alerts.join(", ") : target.pack.name;
  terminal.out(
    `${what}: watching ${relative(terminal.cwd, folder) || "."}; ${"url" in store ? store.about : "no replay"}.`,
  );
  if ("missing" in store) terminal.out(store.missing);
  const tests = await testsOf(target, terminal);
  const loop = startDevLoop({
    ...{ folder, root: path, terminal, watch: parts.watch, now: parts.now, test: tests.run },
    replay: "url" in store ? replayOf(target, { store, service: file, terminal, now: parts.now }) : null,
  });
  await aborted(parts.signal);
  await loop.close();
  await tests.close();
  return EXIT.ok;
};

const processParts = (): DevParts => {
  const ending = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => ending.abort());
  return { watch: watchSources, now: () => new Date(), signal: ending.signal };
};

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });

const onlyTarget = async (word: string | undefined, { cwd }: Terminal): Promise<Target> => {
  const { targets, unreadable } = await findTargets(word, cwd);
  const [target, ...others] = targets;
  const [first] = unreadable;
  if (target === undefined && first !== undefined) throw first;
  if (target !== undefined && others.length === 0) return target;
  throw new CliError("CLI_OPTION_INVALID", "mozdef dev is about one pack: name an alert or a pack.");
};

interface Tests {
  readonly run: (changed: readonly string[]) => Promise<TestsSummary>;
  readonly close: () => Promise<void>;
}

/** Each runner is started when a file of its first is to be run. */
const testsOf = async (target: Target, terminal: Terminal): Promise<Tests> => {
  const { pack } = target;
  const about = target.isNamed ? await filesAbout(target, terminal) : null;
  let [vitest, node]: [Promise<TestSession> | null, TestSession | null] = [null, null];
  return {
    run: async (changed) => {
      const files = about ?? chosenFiles(testFiles(pack), changed);
      const ofNode = files.filter(isForNode);
      const ofVitest = files.filter((file) => !ofNode.includes(file));
      const runs: TestsSummary[] = [];
      if (ofVitest.length > 0) runs.push(await (await (vitest ??= vitestSession(pack.path))).run(ofVitest, changed));
      if (ofNode.length > 0) runs.push(await (node ??= nodeSession(pack.path)).run(ofNode, changed));
      return {
        passed: runs.reduce((sum, { passed }) => sum + passed, 0),
        failed: runs.flatMap(({ failed }) => failed),
        ms: runs.reduce((sum, { ms }) => sum + ms, 0),
      };
    },
    close: async () => {
      await (await vitest)?.close();
      await node?.close();
    },
  };
};

/** The tests beside what has changed; all of them at the start, and when something changes that has none beside it. */
const chosenFiles = (all: readonly string[], changed: readonly string[]): readonly string[] => {
  if (changed.length === 0) return all;
  const beside = changed.map((file) => all.filter((test) => test.startsWith(dirname(file) + sep)));
  return beside.some((files) => files.length === 0) ? all : [...new Set(beside.flat())];
};

interface ReplayParts {
  readonly store: Extract<EventStore, { readonly url: string }>;
  readonly service: string | null;
  readonly terminal: Terminal;
  readonly now: () => Date;
}

/** Each time in a process of its own, which has the code as it is then. */
const replayOf = (
  { pack: { name, path, entry }, alerts, isNamed }: Target,
  { store: { url, prefix }, service, terminal, now }: ReplayParts,
): ((signal: AbortSignal) => Promise<ReplayResult>) => {
  const source = { file: null, url, prefix, ecs: null, service, allEvents: false };
  return (signal) => {
    const to = now();
    const job: ReplayJob = {
      ...{ pack: { name, path, entry }, source, config: null, resume: null },
      ...{ from: new Date(to.getTime() - DAY_MS).toISOString(), to: to.toISOString() },
      alerts: isNamed ? alerts : [],
      // Which alerts a pack has may be what is edited.
      gone: isNamed ? null : { known: [], includesDisabled: false },
    };
    return runInProcess(job, { terminal, signal }, () => undefined);
  };
};
