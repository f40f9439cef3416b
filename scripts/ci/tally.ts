// Counts what passes and what fails: tests by the reports that vitest leaves in the packages, steps of CI one by one.
import { globSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { root } from "../repository.ts";

const FOLDERS = "{{packages,apps,alerts}/*,docs}/.reports";
const REPORTS = `${FOLDERS}/*.json`;

/** What failed a run and belongs to no test, see `vitest.base.ts`. */
const UNHANDLED = `${FOLDERS}/*.txt`;

/** Of a step that failed, the summary repeats this many of the last lines it printed. */
const LAST_LINES = 30;

/** Of a long line, this much. */
const LINE_CHARACTERS = 300;

/** The part of vitest's report that is read. */
interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly TestFile[];
}

interface TestFile {
  readonly name: string;
  readonly status: string;
  readonly message: string;
  readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
}

/** The tests of a file that failed, or the file itself when it could not even be loaded. */
const failures = ({ name, status, message, assertionResults }: TestFile): readonly string[] => {
  const file = relative(root, name);
  const tests = assertionResults.filter((test) => test.status === "failed").map((test) => `${file}: ${test.fullName}`);
  return status === "failed" && tests.length === 0 ? [`${file}: ${message.split("\n", 1)[0] ?? ""}`] : tests;
};

const filesOf = (pattern: string): readonly string[] =>
  globSync(pattern, { cwd: root }).map((file) => join(root, file));

/** What a step does. It says what there is to print, and resolves to an exit code. */
export type Work = (hear: (text: string) => void) => Promise<number>;

const lastLines = (text: string): string => {
  const lines = stripVTControlCharacters(text)
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "");
  return lines
    .slice(-LAST_LINES)
    .map((line) => `  ${line.slice(0, LINE_CHARACTERS)}`)
    .join("\n");
};

export class Tally {
  passed = 0;
  failed = 0;
  readonly #steps: string[] = [];
  readonly #failures: string[] = [];
  /** Runs a step, which counts as one beside the tests it reports. It passes when it resolves to exit code 0. Steps may run at the same time. */
  async step(name: string, work: Work): Promise<void> {
    const started = Date.now();
    console.log(`\n=== ${name}`);
    let printed = "";
    const hear = (text: string): void => {
      process.stdout.write(text);
      printed = (printed + text).slice(-2 * LAST_LINES * LINE_CHARACTERS);
    };
    const code = await work(hear).catch((error: unknown) => {
      hear(`${error instanceof Error ? error.message : String(error)}\n`);
      return 1;
    });
    if (code === 0) this.passed++;
    else {
      this.failed++;
      this.#failures.push(`${name}, its last lines:\n${lastLines(printed)}`);
    }
    const seconds = Math.round((Date.now() - started) / 1_000);
    const outcome = `${name}: ${code === 0 ? "ok" : `FAILED (exit code ${code})`} in ${seconds} s`;
    console.log(`=== ${outcome}`);
    this.#steps.push(outcome);
  }

  /** Adds up and removes what vitest has reported since the last call. */
  countReports(): void {
    for (const file of filesOf(REPORTS)) {
      const report = JSON.parse(readFileSync(file, "utf8")) as Report;
      this.passed += report.numPassedTests;
      this.failed += report.numFailedTests;
      this.#failures.push(...report.testResults.flatMap(failures));
      rmSync(file);
    }
    // The step has failed by them, and is counted.
    for (const file of filesOf(UNHANDLED)) {
      this.#failures.push(
        `${relative(root, file)}: errors that no test has caught:\n${lastLines(readFileSync(file, "utf8"))}`,
      );
      rmSync(file);
    }
  }

  /** What a reader of the last lines needs: how long each step took, which steps and tests failed, and what the steps said. */
  summary(): string {
    return [...this.#steps, ...this.#failures.map((failure) => `FAILED ${failure}`)].join("\n");
  }

  dropReports(): void {
    for (const pattern of [REPORTS, UNHANDLED]) for (const file of filesOf(pattern)) rmSync(file);
  }
}
