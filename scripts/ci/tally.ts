// Counts what passes and what fails: tests by the reports that vitest leaves in the packages, steps of CI one by one.
import { globSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { root } from "../repository.ts";

const REPORTS = "{{packages,apps,alerts}/*,docs}/.reports/*.json";

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

const reports = (): readonly string[] => globSync(REPORTS, { cwd: root }).map((file) => join(root, file));

export class Tally {
  passed = 0;
  failed = 0;
  readonly #steps: string[] = [];
  readonly #failures: string[] = [];

  /** Runs a step, which counts as one beside the tests it reports. It passes when it resolves to exit code 0. */
  async step(name: string, work: () => Promise<number>): Promise<void> {
    const started = Date.now();
    console.log(`\n=== ${name}`);
    const code = await work().catch((error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      return 1;
    });
    if (code === 0) this.passed++;
    else this.failed++;
    const seconds = Math.round((Date.now() - started) / 1_000);
    const outcome = `${name}: ${code === 0 ? "ok" : `FAILED (exit code ${code})`} in ${seconds} s`;
    console.log(`=== ${outcome}`);
    this.#steps.push(outcome);
  }

  /** Adds up and removes what vitest has reported since the last call. */
  countReports(): void {
    for (const file of reports()) {
      const report = JSON.parse(readFileSync(file, "utf8")) as Report;
      this.passed += report.numPassedTests;
      this.failed += report.numFailedTests;
      this.#failures.push(...report.testResults.flatMap(failures));
      rmSync(file);
    }
  }

  /** What a reader of the last lines needs: how long each step took, and which steps and tests failed. */
  summary(): string {
    return [...this.#steps, ...this.#failures.map((test) => `FAILED ${test}`)].join("\n");
  }

  dropReports(): void {
    for (const file of reports()) rmSync(file);
  }
}
