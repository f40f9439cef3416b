import { describe, it } from "node:test";
import { describeWith } from "./describe/define-tests.ts";

/**
 * Tests of an alert: one test of `node:test` for each case.
 *
 * @throws {TestingError} `TEST_SUITE_INVALID` for a suite that is weak or wrong; the message says what to add.
 * @see {@link AlertSuite} for all that a suite may say.
 */
export const describeAlert = describeWith({
  group: (title, define) => void describe(title, define),
  test: (title, run, mode) => {
    if (mode === "run") void it(title, run);
    else void it[mode](title, run);
  },
});

export * from "./build/index.ts";
