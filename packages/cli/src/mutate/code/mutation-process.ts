import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { CliError } from "../../cli-error.ts";
import type { MutationOrder, MutationReply, MutationSetup } from "./mutation-messages.ts";
import type { Recorded, RecordOrder, Tried, TryOrder } from "./mutation-messages.ts";
import { MUTANTS_COMMAND } from "./serve-mutants.ts";

/** This file is a source, or has become part of the command. */
const BIN = new URL(import.meta.url.endsWith(".ts") ? "../../bin.ts" : "./bin.js", import.meta.url);

/** A mutant that asks for more is noticed by that. */
const MOST_MEGABYTES = 2_048;

/** Longer than any pack takes to load, or the cases of an alert take to run. */
const LONGEST_MS = 300_000;

/** A process that tries mutants: it can be ended whatever a mutant does. */
export interface MutationProcess {
  /** @throws {CliError} `CLI_WORKER_FAILED` when a case fails without a change, and when the process ends. */
  readonly record: (order: Omit<RecordOrder, "type">) => Promise<Recorded>;
  /**
   * @param limitMs - After this time the process is ended, and another one takes its place.
   * @returns what the process says, or how it came that it does not say anything.
   */
  readonly tryMutant: (order: Omit<TryOrder, "type">, limitMs: number) => Promise<Tried | string>;
  readonly end: () => void;
}

/** Opens a process for the mutants of a pack. Nothing happens before the first order. */
export const openMutationProcess = (setup: Omit<MutationSetup, "type">, cwd: string): MutationProcess => {
  let open: Promise<Line> | null = null;
  const line = (): Promise<Line> => (open ??= started({ type: "setup", ...setup }, cwd));
  const dropped = (): void => {
    void open?.then(
      ({ end }) => end(),
      () => undefined,
    );
    open = null;
  };
  return {
    record: async (order) => {
      const reply = await (await line()).ask({ type: "record", ...order }, LONGEST_MS);
      if (typeof reply !== "string" && reply.ok) return reply.value as Recorded;
      dropped();
      throw workerFailed(typeof reply === "string" ? reply : reply.message);
    },
    tryMutant: async (order, limitMs) => {
      const reply = await (await line()).ask({ type: "try", ...order }, limitMs);
      if (typeof reply !== "string" && reply.ok) return reply.value as Tried;
      dropped();
      return typeof reply === "string" ? reply : reply.message;
    },
    end: dropped,
  };
};

const workerFailed = (why: string): CliError =>
  new CliError("CLI_WORKER_FAILED", `The process that changes conditions did not go on: ${why}`);

/** A process that answers one order at a time. */
interface Line {
  /** The answer, or why there is none. */
  readonly ask: (order: MutationOrder, limitMs: number) => Promise<MutationReply | string>;
  readonly end: () => void;
}

const started = async (setup: MutationSetup, cwd: string): Promise<Line> => {
  const line = openLine(cwd);
  const reply = await line.ask(setup, LONGEST_MS);
  if (typeof reply !== "string" && reply.ok) return line;
  line.end();
  throw workerFailed(typeof reply === "string" ? reply : reply.message);
};

const openLine = (cwd: string): Line => {
  const child = fork(fileURLToPath(BIN), [MUTANTS_COMMAND], {
    cwd,
    execArgv: [...process.execArgv, `--max-old-space-size=${MOST_MEGABYTES}`],
    // What mutants print is no part of the report.
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  let answer: ((reply: MutationReply | string) => void) | null = null;
  const say = (reply: MutationReply | string): void => {
    answer?.(reply);
    answer = null;
  };
  child.on("message", (reply: MutationReply) => say(reply));
  child.on("error", (cause) => say(cause.message));
  child.on("close", (code, name) => say(`it ended early (${name ?? `exit code ${code ?? "none"}`})`));
  return {
    ask: async (order, limitMs) => {
      const replied = new Promise<MutationReply | string>((resolve) => (answer = resolve));
      const timer = setTimeout(() => {
        child.kill("SIGKILL");
        say(`it did not end within ${Math.round(limitMs / 1_000)} s`);
      }, limitMs);
      if (child.connected) child.send(order);
      else say("it ended early");
      const reply = await replied;
      clearTimeout(timer);
      return reply;
    },
    end: () => void child.kill("SIGKILL"),
  };
};
