import { fork } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { CliError } from "../cli-error.ts";
import type { Terminal } from "../terminal.ts";
import type { ReplayJob } from "./replay-job.ts";
import type { ReplayResult } from "./run-job.ts";

/** What a process that does a job says on its way. */
export type JobMessage =
  | { readonly type: "progress"; readonly share: number; readonly slot: string }
  | { readonly type: "done"; readonly result: ReplayResult }
  | { readonly type: "failed"; readonly code: string | null; readonly message: string };

/** The hidden subcommand that does a job sent to it. */
export const WORKER_COMMAND = "backtest-worker";

/** This file is a source, or has become part of the command. */
const BIN = new URL(import.meta.url.endsWith(".ts") ? "../bin.ts" : "./bin.js", import.meta.url);

/**
 * Does a job in a process of its own.
 *
 * @param options.signal - Ends the process.
 */
export const runInProcess = (
  job: ReplayJob,
  { terminal, signal }: { readonly terminal: Terminal; readonly signal: AbortSignal },
  onProgress: (share: number, slot: string) => void,
): Promise<ReplayResult> =>
  new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(BIN), [WORKER_COMMAND], {
      cwd: terminal.cwd,
      signal,
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    // Not the same stream: what it says would stand in the progress of this one.
    if (child.stderr !== null) createInterface(child.stderr).on("line", (line) => terminal.err(line));
    child.on("message", (message: JobMessage) => {
      if (message.type === "progress") onProgress(message.share, message.slot);
      else if (message.type === "done") resolve(message.result);
      else reject(Object.assign(new Error(message.message), { code: message.code }));
    });
    child.on("error", reject);
    child.on("close", (code, name) => reject(endedEarly(name ?? `exit code ${code ?? "none"}`)));
    child.send(job);
  });

const endedEarly = (how: string): CliError =>
  new CliError("CLI_WORKER_FAILED", `A process of the backtest ended early (${how}).`);
