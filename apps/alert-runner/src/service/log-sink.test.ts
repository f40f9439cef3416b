import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { expect, it } from "vitest";

/** More than a pipe and the sink hold. */
const LINES = 20_000;

/** A process that logs much at once, and ends when it is told to. */
const start = (output = "process.stdout"): ChildProcessByStdio<Writable, Readable, Readable> => {
  const module = JSON.stringify(new URL("create-log.ts", import.meta.url).href);
  const code = `
    const { openSync } = await import("node:fs");
    const { createLog } = await import(${module});
    const log = createLog("info", ${output});
    for (let n = 0; n < ${LINES}; n += 1) log.info({ n }, "x".repeat(200));
    process.stdin.on("data", () => process.exit(0));
    console.error("logged");`;
  const args = ["--conditions=@mozdef/source", "--input-type=module", "--eval", code];
  return spawn(process.execPath, args, { stdio: "pipe" });
};

/** Nobody has read its log until then. */
const hasLogged = async ({ stderr }: { readonly stderr: Readable }): Promise<void> => {
  for await (const line of createInterface({ input: stderr })) if (line === "logged") return;
};

interface Line {
  readonly n?: number;
  readonly msg: string;
}

it("goes on when nobody reads, and says what it has left out", async () => {
  const child = start();
  await hasLogged(child);
  const output = text(child.stdout);
  child.stdin.write("exit");
  await once(child, "exit");
  const lines = (await output)
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);
  const numbers = lines.flatMap(({ n }) => n ?? []);
  expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, n) => n));
  expect(numbers.length).toBeGreaterThan(1_000);
  const said = lines.flatMap(({ msg }) => /^(\d+) lines of the log were left out/.exec(msg)?.[1] ?? []);
  expect(numbers.length + said.reduce((sum, count) => sum + Number(count), 0)).toBe(LINES);
});

/** Terminals, where lines are shown in another way. */
const OUTPUTS = [
  ["a pipe", "process.stdout"],
  ["a terminal", "{ fd: process.stdout.fd, isTTY: true }"],
];

it.each(OUTPUTS)("lets its process end when nobody reads %s", async (_, output) => {
  const child = start(output);
  await hasLogged(child);
  child.stdin.write("exit");
  expect(await once(child, "exit")).toEqual([0, null]);
});

it.each(OUTPUTS)(
  "lets its process end when the reader of %s is gone before it has read everything",
  async (_, output) => {
    const child = start(output);
    await hasLogged(child);
    child.stdout.destroy();
    child.stdin.write("exit");
    expect(await once(child, "exit")).toEqual([0, null]);
  },
);

// As a terminal that somebody has closed, of which a process that goes on is told by an error of each write.
it.runIf(existsSync("/dev/full"))("goes on when a terminal takes nothing any more", async () => {
  const child = start(`{ fd: openSync("/dev/full", "w"), isTTY: true }`);
  await hasLogged(child);
  child.stdin.write("exit");
  expect(await once(child, "exit")).toEqual([0, null]);
});
