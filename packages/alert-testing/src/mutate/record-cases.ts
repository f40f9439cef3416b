import type { AlertTask } from "@mozdef/alert";
import { runCase } from "../case/run-case.ts";
import type { PreparedCase, PreparedSuite } from "../suite/prepared-suite.ts";
import { TestingError } from "../testing-error.ts";
import { newRecording, recordedTask, type Recording } from "./mutated-task.ts";

/** A case, and what the alert has said in it. */
export interface RecordedCase extends Recording {
  readonly suite: PreparedSuite;
  readonly testCase: PreparedCase;
  /** How long it took. */
  readonly ms: number;
}

/**
 * Each case of a suite once without a change: it has to pass, and tells which searches and drafts there are. Skipped cases are
 * left out.
 *
 * @throws {TestingError} `TEST_CASE_FAILED`.
 */
export const recordCases = async (suite: PreparedSuite): Promise<readonly RecordedCase[]> => {
  const recorded: RecordedCase[] = [];
  for (const testCase of suite.cases) {
    if (testCase.skip !== undefined) continue;
    const recording = newRecording();
    const started = performance.now();
    const problem = await failureOf(suite, testCase, (task) => recordedTask(task, recording));
    if (problem !== null)
      throw new TestingError(
        "TEST_CASE_FAILED",
        `${suite.title}: "${testCase.name}" fails without any change.\n${problem}`,
      );
    recorded.push({ suite, testCase, ms: performance.now() - started, ...recording });
  }
  return recorded;
};

/**
 * The message of a case that fails; null when it passes. Anything other than a failed case is a fault of the harness.
 *
 * @param replace - What runs in the place of the alert.
 */
export const failureOf = async (
  suite: PreparedSuite,
  testCase: PreparedCase,
  replace: (task: AlertTask<unknown>) => AlertTask<unknown>,
): Promise<string | null> => {
  try {
    await runCase(suite, testCase, { replace });
    return null;
  } catch (cause) {
    if (cause instanceof TestingError) return cause.message;
    throw cause;
  }
};
