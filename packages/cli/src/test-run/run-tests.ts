import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { CliError } from "../cli-error.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { findTargets, type Target } from "../packs/find-target.ts";
import { suitesOf, testFiles } from "../packs/test-files.ts";
import { printError } from "../report-error.ts";
import type { Terminal } from "../terminal.ts";

/** Options as commander gives them. */
export interface TestOptions {
  readonly watch?: boolean;
}

/** Runs the tests of the alerts meant with the runner that their files are written for. */
export const runTests = async (
  word: string | undefined,
  { watch = false }: TestOptions,
  terminal: Terminal,
): Promise<ExitCode> => {
  const runs: TestRun[] = [];
  const { targets, unreadable } = await findTargets(word, terminal.cwd);
  for (const error of unreadable) printError(error, terminal);
  for (const target of targets) runs.push(...(await runsOf(target, terminal)));
  if (runs.length === 0 && unreadable.length > 0) return EXIT.failed;
  if (runs.length === 0) throw noTests(word);
  if (watch && runs.length > 1)
    throw new CliError("CLI_OPTION_INVALID", "--watch is for the tests of one pack: name an alert or a pack.");
  let hasFailed = false;
  for (const run of runs) hasFailed = (await codeOf(run, watch)) !== 0 || hasFailed;
  if (unreadable.length > 0) return EXIT.failed;
  return hasFailed ? EXIT.found : EXIT.ok;
};

interface TestRun {
  readonly runner: "vitest" | "node:test";
  /** The folder of the pack. */
  readonly path: string;
  readonly files: readonly string[];
}

const noTests = (word = "the packs around here"): CliError =>
  new CliError(
    "CLI_TARGET_UNKNOWN",
    `There are no tests of ${word}. Describe an alert with describeAlert in a file *.test.ts of its pack.`,
  );

const runsOf = async (target: Target, terminal: Terminal): Promise<readonly TestRun[]> => {
  const { path } = target.pack;
  const files = target.isNamed ? await filesAbout(target, terminal) : testFiles(target.pack);
  const ofNode = files.filter(isForNode);
  const ofVitest = files.filter((file) => !ofNode.includes(file));
  return [
    ...(ofVitest.length > 0 ? [{ runner: "vitest" as const, path, files: ofVitest }] : []),
    ...(ofNode.length > 0 ? [{ runner: "node:test" as const, path, files: ofNode }] : []),
  ];
};

/** The test files that describe the alerts meant. One that cannot be imported may be among them, so it is told of. */
export const filesAbout = async ({ pack, alerts }: Target, terminal: Terminal): Promise<readonly string[]> => {
  const { suites, unreadable } = await suitesOf(pack);
  for (const error of unreadable) printError(error, terminal);
  return [...new Set(suites.filter(({ task }) => alerts.includes(task.name)).map(({ file }) => file))];
};

/** Whether a test file is for `node:test`. */
export const isForNode = (file: string): boolean =>
  /from\s+["'](?:node:test|@mozdef\/alert-testing\/node)["']/.test(readFileSync(file, "utf8"));

const codeOf = async (run: TestRun, isWatching: boolean): Promise<number> => {
  const { path, files } = run;
  if (run.runner === "node:test") return start(["--test", ...(isWatching ? ["--watch"] : []), ...files], path);
  const names = files.map((file) => relative(path, file));
  return start([vitestIn(path), isWatching ? "watch" : "run", "--root", path, ...names], path);
};

/** The vitest of the pack, or of the workspace around it. */
export const vitestIn = (path: string): string => {
  try {
    return join(createRequire(join(path, "package.json")).resolve("vitest/package.json"), "../vitest.mjs");
  } catch (cause) {
    throw new CliError(
      "CLI_TESTS_UNREADABLE",
      `The tests of ${path} are for vitest, which is not installed there. Install it: npm install --save-dev vitest.`,
      { cause },
    );
  }
};

const start = (words: readonly string[], cwd: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...words], { cwd, stdio: "inherit" });
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
  });
