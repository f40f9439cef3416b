import { messageOf } from "@mozdef/alert";
import { fork } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { CliError } from "../cli-error.ts";
import type { Terminal } from "../terminal.ts";
import { type ReplayJob, type ReplayResult, runJob } from "./replay-job.ts";

/** What a process that does a job says on its way. */
export type JobMessage =
  | { readonly type: "progress"; readonly share: number; readonly slot: string }
  | { readonly type: "done"; readonly result: ReplayResult }
  | { readonly type: "failed"; readonly code: string | null; readonly message: string };

/** The hidden subcommand that does a job sent to it. */
export const WORKER_COMMAND = "backtest-worker";

/**
 * Does jobs, `atOnce` of them in processes of their own at the same time; a single job in this one. Results come in order.
 *
 * @param onProgress - Gets the share of all jobs that is done, from 0 to 1, and the slot of the one that is behind all others.
 */
export const runJobs = async (
  jobs: readonly ReplayJob[],
  {
    atOnce,
    terminal,
    onProgress,
  }: {
    readonly atOnce: number;
    readonly terminal: Terminal;
    readonly onProgress: (share: number, slot: string) => void;
  },
): Promise<readonly ReplayResult[]> => {
  const shares = jobs.map(() => 0);
  const slots = new Map<number, string>();
  const report = (index: number, share: number, slot: string): void => {
    shares[index] = share;
    slots.set(index, slot);
    const [last = slot] = [...slots.values()].sort();
    onProgress(shares.reduce((sum, one) => sum + one, 0) / jobs.length, last);
  };
  const results: ReplayResult[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < jobs.length; index = next++) {
      const job = jobs[index];
      if (job === undefined) return;
      const progress = (share: number, slot: string): void => report(index, share, slot);
      results[index] =
        atOnce <= 1 || jobs.length === 1
          ? await runJob(job, terminal, (share, slot) => progress(share, slot.toISOString()))
          : await inProcess(job, terminal, progress);
      shares[index] = 1;
      slots.delete(index);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, atOnce) }, work));
  return results;
};

/** This file is a source, or has become part of the command. */
const BIN = new URL(import.meta.url.endsWith(".ts") ? "../bin.ts" : "./bin.js", import.meta.url);

const inProcess = (
  job: ReplayJob,
  terminal: Terminal,
  progress: (share: number, slot: string) => void,
): Promise<ReplayResult> =>
  new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(BIN), [WORKER_COMMAND], {
      cwd: terminal.cwd,
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    // Not the same stream: what it says would stand in the progress of this one.
    if (child.stderr !== null) createInterface(child.stderr).on("line", (line) => terminal.err(line));
    child.on("message", (message: JobMessage) => {
      if (message.type === "progress") progress(message.share, message.slot);
      else if (message.type === "done") resolve(message.result);
      else reject(Object.assign(new Error(message.message), { code: message.code }));
    });
    child.on("error", reject);
    child.on("close", (code) =>
      reject(new CliError("CLI_WORKER_FAILED", `A process of the backtest ended early (exit code ${code ?? "none"}).`)),
    );
    child.send(job);
  });

/** The other side: does the job that comes, and tells. */
export const serveJob = async (terminal: Terminal): Promise<void> => {
  const job = await new Promise<ReplayJob>((resolve) =>
    process.once("message", (message) => resolve(message as ReplayJob)),
  );
  let told = 0;
  const progress = (share: number, slot: Date): void => {
    // A hundred messages are enough for a bar.
    if (share - told < 0.01) return;
    told = share;
    void tell({ type: "progress", share, slot: slot.toISOString() });
  };
  try {
    await tell({ type: "done", result: await runJob(job, terminal, progress) });
  } catch (cause) {
    await tell({ type: "failed", code: codeOf(cause), message: messageOf(cause) });
  } finally {
    if (process.connected) process.disconnect?.();
  }
};

/** Waits until it is sent: a process that ends takes unsent messages with it. */
const tell = (message: JobMessage): Promise<void> =>
  new Promise((resolve) => {
    if (process.send === undefined) resolve();
    else process.send(message, () => resolve());
  });

const codeOf = (cause: unknown): string | null =>
  cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : null;
