import type { Terminal } from "../terminal.ts";
import { runInProcess } from "./job-process.ts";
import type { ReplayJob } from "./replay-job.ts";
import { type ReplayResult, runJob } from "./run-job.ts";

export interface RunJobsOptions {
  /** Jobs at the same time. */
  readonly atOnce: number;
  readonly terminal: Terminal;
  /** Gets the share of all jobs that is done, from 0 to 1, and the slot of the one that is furthest behind. */
  readonly onProgress: (share: number, slot: string) => void;
}

/**
 * Does jobs, `atOnce` of them in processes of their own at the same time; a single job in this one. Results come in order. When
 * one fails, the others are ended.
 */
export const runJobs = async (
  jobs: readonly ReplayJob[],
  { atOnce, terminal, onProgress }: RunJobsOptions,
): Promise<readonly ReplayResult[]> => {
  const progress = progressOf(jobs.length, onProgress);
  const ending = new AbortController();
  const options = { terminal, signal: ending.signal };
  const isAlone = atOnce <= 1 || jobs.length === 1;
  const results: ReplayResult[] = [];
  const waiting = [...jobs.entries()];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, job] = next;
      const report = (share: number, slot: string): void => progress.report(index, share, slot);
      results[index] = isAlone
        ? await runJob(job, terminal, (share, slot) => report(share, slot.toISOString()))
        : await runInProcess(job, options, report);
      progress.done(index);
    }
  };
  try {
    await Promise.all(Array.from({ length: isAlone ? 1 : atOnce }, work));
  } finally {
    ending.abort();
  }
  return results;
};

/** One progress of many. */
const progressOf = (
  count: number,
  onProgress: RunJobsOptions["onProgress"],
): {
  readonly report: (index: number, share: number, slot: string) => void;
  readonly done: (index: number) => void;
} => {
  const shares = new Array<number>(count).fill(0);
  const slots = new Map<number, string>();
  return {
    report: (index, share, slot) => {
      shares[index] = share;
      slots.set(index, slot);
      const [last = slot] = [...slots.values()].sort();
      onProgress(shares.reduce((sum, one) => sum + one, 0) / count, last);
    },
    done: (index) => {
      shares[index] = 1;
      slots.delete(index);
    },
  };
};
