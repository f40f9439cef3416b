import { alertServices } from "../events/alert-services.ts";
import { loadPack } from "../packs/pack-folder.ts";
import { type Runnables, taskOf } from "../packs/runnable.ts";
import type { Terminal } from "../terminal.ts";
import { backtestKey } from "./backtest-key.ts";
import { readCheckpoint, writeCheckpoint } from "./checkpoint.ts";
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
  terminal: Pick<Terminal, "err">,
  onProgress: (share: number, slot: Date) => void,
): Promise<ReplayResult> => {
  const { pack, runnables } = await loadPack(job.pack);
  const entries = namesOf(job, runnables).flatMap((name): readonly ReplayEntry[] => {
    // A version to compare with may not have every alert.
    const entry = runnables.byName.get(name);
    if (entry === undefined) return [];
    return [{ name, schedule: entry.schedule, task: taskOf(name, entry, job.config) }];
  });
  const { events, from, to } = await readSource(job, entries);
  const { resume } = job;
  const key = resume === null ? "" : backtestKey(job, events);
  const result = await replay(entries, events, {
    from,
    to,
    fields: pack.fields,
    services: alertServices(terminal),
    resumed: resume === null ? null : readCheckpoint(resume, key),
    onDay: (checkpoint) => (resume === null ? undefined : writeCheckpoint(resume, { key, ...checkpoint })),
    onProgress,
  });
  return { ...result, from: from.toISOString(), to: to.toISOString(), events: events.length };
};

const namesOf = ({ alerts, gone }: ReplayJob, { byName }: Runnables): readonly string[] => {
  if (gone === null) return alerts;
  const unknown = [...byName].filter(
    ([name, { isReplacedByRules }]) => !gone.known.includes(name) && !isReplacedByRules,
  );
  return [...alerts, ...unknown.flatMap(([name, { isEnabled }]) => (gone.includesDisabled || isEnabled ? [name] : []))];
};
