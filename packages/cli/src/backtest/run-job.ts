import { alertServices } from "../events/alert-services.ts";
import { alertSources } from "../events/alert-sources.ts";
import { loadPack } from "../packs/pack-folder.ts";
import { packParsers } from "../packs/pack-parsers.ts";
import { type Runnables, taskOf } from "../packs/runnable.ts";
import type { Terminal } from "../terminal.ts";
import { backtestKey } from "./backtest-key.ts";
import { readCheckpoint, writeCheckpoint } from "./checkpoint.ts";
import type { Feed } from "./feed.ts";
import { readSource } from "./read-source.ts";
import { replay, type Replay, type ReplayEntry } from "./replay.ts";
import type { ReplayJob } from "./replay-job.ts";

/** What a job has found. */
export interface ReplayResult extends Replay {
  readonly from: string;
  readonly to: string;
  readonly events: number;
}

/** Does a job in this process. */
export const runJob = async (
  job: ReplayJob,
  terminal: Pick<Terminal, "cwd" | "err">,
  onProgress: (share: number, slot: Date) => void,
): Promise<ReplayResult> => {
  const loaded = await loadPack(job.pack);
  const { pack, runnables } = loaded;
  const sources = await alertSources(job.source);
  const parsers = await packParsers({ own: loaded, config: sources.config, ...terminal });
  const entries = namesOf(job, runnables).flatMap((name): readonly ReplayEntry[] => {
    // A version to compare with may not have every alert.
    const entry = runnables.byName.get(name);
    if (entry === undefined) return [];
    const task = taskOf(name, entry, job.config);
    return [{ name, schedule: entry.schedule, task, source: sources.given(name) }];
  });
  const { feeds, from, to } = await readSource(job, entries, { sources, parsers });
  const { resume } = job;
  const key = resume === null ? "" : backtestKey(job, feeds);
  const result = await replay(entries, feeds, {
    from,
    to,
    fields: pack.fields,
    sources: sources.sources,
    services: alertServices(terminal),
    resumed: resume === null ? null : readCheckpoint(resume, key),
    onDay: (checkpoint) => (resume === null ? undefined : writeCheckpoint(resume, { key, ...checkpoint })),
    onProgress,
  });
  return { ...result, from: from.toISOString(), to: to.toISOString(), events: countOf(job, feeds) };
};

/** The events of a file are read once for each place where the alerts look; what is copied is counted at all of them. */
const countOf = ({ source }: ReplayJob, feeds: readonly Feed[]): number => {
  const counts = feeds.map(({ events }) => events.length);
  return source.file === null ? counts.reduce((sum, count) => sum + count, 0) : Math.max(0, ...counts);
};

const namesOf = ({ alerts, gone }: ReplayJob, { byName }: Runnables): readonly string[] => {
  if (gone === null) return alerts;
  const unknown = [...byName].filter(
    ([name, { isReplacedByRules }]) => !gone.known.includes(name) && !isReplacedByRules,
  );
  return [...alerts, ...unknown.flatMap(([name, { isEnabled }]) => (gone.includesDisabled || isEnabled ? [name] : []))];
};
