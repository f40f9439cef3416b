// Alerts that take their process along, or reach for what is around it.
import { exec, execSync } from "node:child_process";
import { closeSync, openSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { DRAFT, inHook, inMain, type TaskClass, untyped } from "./hostile-task.ts";

/** Where they would write, if they could. */
export const WRITTEN = join(tmpdir(), "written-by-a-hostile-alert");

const never = () => new Promise<never>(() => undefined);
const forEver = (): never => {
  for (;;);
};

const kept: unknown[] = [];

/** A message that could pass for one of the process itself. */
const frame = (message: string): Buffer => {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(message.length);
  return Buffer.concat([size, Buffer.from(message)]);
};

export const againstProcess: Readonly<Record<string, TaskClass>> = {
  LoopsInMain: inMain(forEver),
  LoopsInHook: inHook(forEver),
  LoopsInGetter: inHook(() => ({
    ...DRAFT,
    get details() {
      return forEver();
    },
  })),
  Backtracks: inHook(() => ({ ...DRAFT, summary: String(/^(a+)+$/.test(`${"a".repeat(60)}!`)) })),
  HoardsHeap: inHook(() => {
    for (;;) kept.push(Array.from({ length: 100_000 }, (_, index) => ({ index })));
  }),
  HoardsBuffers: inHook(() => {
    for (;;) kept.push(Buffer.alloc(16_000_000, 1));
  }),
  Exits: inHook(() => process.exit(0)),
  Aborts: inHook(() => process.abort()),
  KillsItself: inHook(() => process.kill(process.pid, "SIGKILL")),
  KillsParent: inHook(() => process.kill(process.ppid, "SIGKILL")),
  KillsParentFromBelow: inHook(() => untyped(untyped(process)._kill)(process.ppid, 9)),
  DebugsParent: inHook(() => untyped(untyped(process)._debugProcess)(process.ppid)),
  Disconnects: inHook(async () => {
    untyped(untyped(process).disconnect)();
    await never();
  }),
  ExitsLater: inHook(() => {
    setTimeout(() => process.exit(0), 300);
    return null;
  }),
  ThrowsInTimer: inHook(async () => {
    setTimeout(() => {
      throw new Error("nobody catches this");
    }, 0);
    await never();
  }),
  LeavesRejection: inHook(() => {
    void Promise.reject(new Error("nobody waits for this"));
    return null;
  }),
  NeverSettles: inHook(never),
  Forges: inHook(() => {
    const { send = untyped(process)._send } = untyped(process) as { readonly send?: unknown };
    const say = untyped(send);
    for (let id = 1; id < 50; id += 1) say({ kind: "results", id, results: [[0, { searches: [] }]] });
    return null;
  }),
  ForgesByHand: inHook(() => {
    for (let fd = 3; fd < 30; fd += 1)
      try {
        writeSync(fd, frame('{"kind":"results","id":1,"results":[[0,{}]]}'));
      } catch {
        // Not open, or not to be written to.
      }
    return null;
  }),
  Emits: inHook(() => {
    process.emit("message" as never, { kind: "abort", id: 1 } as never);
    process.removeAllListeners("message");
    process.removeAllListeners("disconnect");
    return null;
  }),
  Prints: inHook(() => {
    for (let line = 0; line < 10_000; line += 1) process.stdout.write(`{"kind":"results","id":${line}}\n`);
    return null;
  }),
  StartsPrograms: inHook(() => execSync(`touch ${WRITTEN}`)),
  StartsProgramsLater: inHook(
    () => new Promise((_, reject) => exec(`touch ${WRITTEN}`, (error) => reject(error ?? new Error("it ran")))),
  ),
  StartsThreads: inHook(() => new Worker("for (;;);", { eval: true })),
  OpensFile: inHook(() => closeSync(openSync(WRITTEN, "w"))),
  WritesFile: inHook(() => writeFileSync(WRITTEN, "")),
};
