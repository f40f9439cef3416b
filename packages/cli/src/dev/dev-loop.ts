import { messageOf } from "@mozdef/alert";
import { relative } from "node:path";
import type { ReplayResult } from "../backtest/run-job.ts";
import type { Terminal } from "../terminal.ts";
import { printReplay } from "./print-replay.ts";
import { printTests, type TestsSummary } from "./tests-summary.ts";
import type { WatchSources } from "./watch-sources.ts";

export interface DevLoopOptions {
  /** The folder with the sources. */
  readonly folder: string;
  /** What files are shown relative to. */
  readonly root: string;
  readonly watch: WatchSources;
  /** @param changed - Empty for the first run. */
  readonly test: (changed: readonly string[]) => Promise<TestsSummary>;
  /** Replays the last day, with the code as it is now. Null when there are no events to be had. */
  readonly replay: ((signal: AbortSignal) => Promise<ReplayResult>) | null;
  readonly now: () => Date;
  readonly terminal: Pick<Terminal, "out">;
}

/** The loop of who writes an alert. */
export interface DevLoop {
  /** Resolves when all that has changed until now is tested and replayed. */
  readonly settled: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Tests and replays at the start and after each edit. An edit that comes meanwhile ends the replay that is under way. */
export const startDevLoop = (options: DevLoopOptions): DevLoop => {
  const { folder, watch, terminal } = options;
  let changed: readonly string[] | null = [];
  let before: ReplayResult | null = null;
  let running: Promise<void> | null = null;
  let outdated = new AbortController();

  const runOnce = async (files: readonly string[]): Promise<void> => {
    outdated = new AbortController();
    const { signal } = outdated;
    const [tests, replayed] = await Promise.all([testsText(options, files), replayOf(options, signal)]);
    const text = replayed === null || signal.aborted ? [] : [replayed.printed(before)];
    terminal.out([headOf(options, files), tests, ...text].join("\n"));
    if (!signal.aborted) before = replayed?.result ?? before;
  };
  const runAll = async (): Promise<void> => {
    while (changed !== null) {
      const files = changed;
      changed = null;
      await runOnce(files);
    }
    running = null;
  };
  const watching = watch(folder, (files) => {
    changed = [...new Set([...(changed ?? []), ...files])];
    outdated.abort();
    running ??= runAll();
  });
  running = runAll();
  return {
    settled: () => running ?? Promise.resolve(),
    close: async () => {
      watching.close();
      changed = null;
      outdated.abort();
      await running;
    },
  };
};

const headOf = ({ now, root }: DevLoopOptions, files: readonly string[]): string => {
  const time = now().toISOString().slice(11, 19);
  return `${time} ${files.length === 0 ? "at the start" : files.map((file) => relative(root, file)).join(", ")}`;
};

/** Whatever an edit breaks, the next one may mend. */
const testsText = async ({ test }: DevLoopOptions, files: readonly string[]): Promise<string> => {
  try {
    return printTests(await test(files));
  } catch (error) {
    return `  tests   cannot be run: ${messageOf(error)}`;
  }
};

interface Replayed {
  readonly result: ReplayResult | null;
  readonly printed: (before: ReplayResult | null) => string;
}

const replayOf = async ({ replay }: DevLoopOptions, signal: AbortSignal): Promise<Replayed | null> => {
  if (replay === null) return null;
  const started = performance.now();
  try {
    const result = await replay(signal);
    const ms = performance.now() - started;
    return { result, printed: (before) => printReplay(result, before, ms) };
  } catch (error) {
    return { result: null, printed: () => `  replay  not possible: ${messageOf(error)}` };
  }
};
