import { relative } from "node:path";
import type { AlertTaskClass } from "@mozdef/alert/runtime";
import { runPooledCase } from "../case/run-case.ts";
import { type ClusterPool, clusterPool } from "../site/cluster-pool.ts";
import { mutateSuites, printMutationReport } from "../mutate/index.ts";
import type { PreparedCase, PreparedSuite } from "../suite/prepared-suite.ts";
import { readSuite } from "../suite/read-suite.ts";
import type { AlertSuite, ConfigOf } from "../suite/suite.ts";
import { TestingError } from "../testing-error.ts";
import { collector } from "./collector.ts";
import { callerOf, type Position, positionOfCase } from "./position.ts";

/** What a test runner has to offer. */
export interface TestRunner {
  group(title: string, define: () => void): void;
  test(title: string, run: () => Promise<void>, mode: "run" | "only" | "skip"): void;
  /** Runs once when the tests of the group are over. */
  afterAll(run: () => Promise<void>): void;
}

/** `describeAlert` as test files call it. */
export type DescribeAlert = <Task extends AlertTaskClass, Target extends string = never>(
  task: Task,
  suite: AlertSuite<ConfigOf<Task>, Target>,
) => void;

/**
 * `describeAlert` on a test runner: one test for each case.
 *
 * A suite that is weak or wrong throws {@link TestingError} `TEST_SUITE_INVALID` at once, so that the whole file fails.
 */
export const describeWith = (runner: TestRunner): DescribeAlert => {
  const describeAlert: DescribeAlert = (task, suite) => {
    const position = callerOf(describeAlert);
    const collected = collector();
    if (collected !== null) {
      collected.push({ task, suite, position });
      return;
    }
    defineTests(runner, readSuite(task, suite), position);
  };
  return describeAlert;
};

const defineTests = (runner: TestRunner, suite: PreparedSuite, position: Position | null): void =>
  runner.group(suite.title, () => {
    const pool = clusterPool();
    runner.afterAll(() => pool.drain());
    for (const kind of ["fires", "silent"] as const)
      runner.group(kind, () => {
        for (const testCase of suite.cases)
          if (testCase.kind === kind)
            runner.test(titleOf(testCase), () => runLocated(suite, testCase, position, pool), modeOf(testCase));
      });
    const { mutation } = suite.suite;
    if (mutation !== undefined)
      runner.test(`notices ${mutation.break} % of mutants`, () => checkMutants(suite, mutation.break), "run");
  });

const titleOf = ({ name, skip }: PreparedCase): string => (skip === undefined ? name : `${name} (skipped: ${skip})`);

const modeOf = ({ only, skip }: PreparedCase): "run" | "only" | "skip" =>
  skip !== undefined ? "skip" : only ? "only" : "run";

const checkMutants = async (suite: PreparedSuite, least: number): Promise<void> => {
  const report = await mutateSuites([suite]);
  if (report.score >= least && report.stale.length === 0) return;
  throw new TestingError(
    "TEST_MUTANTS_SURVIVED",
    `Expected ${least} % of mutants to be noticed.\n${printMutationReport(report)}`,
  );
};

/** A failure points at its case, not into the harness. */
const runLocated = async (
  suite: PreparedSuite,
  testCase: PreparedCase,
  call: Position | null,
  pool: ClusterPool,
): Promise<void> => {
  try {
    await runPooledCase(suite, testCase, pool);
  } catch (cause) {
    if (call === null || !(cause instanceof TestingError)) throw cause;
    const { file, line, column } = positionOfCase(call, testCase.name);
    const failure = new TestingError(cause.code, `${cause.message}\n  Case: ${relative(process.cwd(), file)}:${line}`);
    failure.stack = `${failure.name}: ${failure.message}\n    at ${JSON.stringify(testCase.name)} (${file}:${line}:${column})`;
    throw failure;
  }
};
