import { messageOf } from "@mozdef/alert";
import type { Terminal } from "../terminal.ts";
import type { JobMessage } from "./job-process.ts";
import type { ReplayJob } from "./replay-job.ts";
import { runJob } from "./run-job.ts";

/** In a process of its own: does the job that comes, and tells. */
export const serveJob = async (terminal: Terminal): Promise<void> => {
  process.once("disconnect", endAlone);
  const job = await new Promise<ReplayJob>((resolve) =>
    process.once("message", (message) => resolve(message as ReplayJob)),
  );
  try {
    await tell({ type: "done", result: await runJob(job, terminal, tellProgress()) });
  } catch (cause) {
    await tell({ type: "failed", code: codeOf(cause), message: messageOf(cause) });
  } finally {
    process.off("disconnect", endAlone);
    if (process.connected) process.disconnect?.();
  }
};

/** Without the process that asked for it nobody reads the result, but the next backtest would find a checkpoint that moves on. */
const endAlone = (): void => process.exit(1);

/** A hundred messages are enough for a bar. */
const tellProgress = (): ((share: number, slot: Date) => void) => {
  let told = 0;
  return (share, slot) => {
    if (share - told < 0.01) return;
    told = share;
    void tell({ type: "progress", share, slot: slot.toISOString() });
  };
};

/** Waits until it is sent: a process that ends takes unsent messages with it. */
const tell = (message: JobMessage): Promise<void> =>
  new Promise((resolve) => {
    if (process.send === undefined) resolve();
    else process.send(message, () => resolve());
  });

const codeOf = (cause: unknown): string | null =>
  cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : null;
