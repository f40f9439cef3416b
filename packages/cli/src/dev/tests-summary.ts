import { relative } from "node:path";
import { countOf } from "../count-of.ts";

/** A test that failed, or a file that could not be loaded. */
export interface FailedTest {
  readonly name: string;
  readonly message: string;
  /** File, line and column in the pack; null when it says none. */
  readonly place: string | null;
}

/** What came of a run of tests. */
export interface TestsSummary {
  readonly passed: number;
  readonly failed: readonly FailedTest[];
  readonly ms: number;
}

const MOST_FAILURES = 5;
const MOST_LINES = 12;

/** One line when all is well; of what failed the first ones, with their places. */
export const printTests = ({ passed, failed, ms }: TestsSummary): string => {
  const seconds = `(${(ms / 1_000).toFixed(1)} s)`;
  if (failed.length === 0) return `  tests   ${passed === 0 ? "none" : `${passed} passed`} ${seconds}`;
  const shown = failed.slice(0, MOST_FAILURES).map(printFailure);
  const more = failed.length > MOST_FAILURES ? [`    and ${failed.length - MOST_FAILURES} more`] : [];
  return [`  tests   ${countOf(failed.length, "failure")}, ${passed} passed ${seconds}`, ...shown, ...more].join("\n");
};

const printFailure = ({ name, message, place }: FailedTest): string => {
  const lines = message.split("\n");
  const cut = lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES), "..."] : lines;
  return [
    `    FAILED ${name}`,
    ...cut.map((line) => `      ${line}`),
    ...(place === null ? [] : [`      at ${place}`]),
  ].join("\n");
};

/** Of a frame of a stack, when its file lies in the pack. */
export const placeIn = (folder: string, file: string, line: number, column: number): string | null => {
  const path = relative(folder, file);
  return path.startsWith("..") || path.includes("node_modules") ? null : `${path}:${line}:${column}`;
};
