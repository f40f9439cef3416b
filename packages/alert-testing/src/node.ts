import { after, describe, it } from "node:test";
import { describeWith } from "./describe/define-tests.ts";

/**
 * Tests of an alert: one test of `node:test` for each case.
 *
 * @throws {TestingError} `TEST_SUITE_INVALID` for a suite that is weak or wrong; the message says what to add.
 * @see `AlertSuite` of `@mozdef/alert-testing` for all that a suite may say.
 */
export const describeAlert = describeWith({
  group: (title, define) => void describe(title, define),
  afterAll: (run) => {
    after(run);
  },
  test: (title, run, mode) => {
    if (mode === "run") void it(title, run);
    else void it[mode](title, run);
  },
});

export { ago, at, randomAddress, repeat } from "./build/index.ts";
export { receiver } from "./delivery/receiver.ts";
export { createTestSite } from "./site/create-test-site.ts";

export type { ReceiverOptions } from "./delivery/receiver.ts";
export type { EventInput, EventInputs, Moment, TimeLine } from "./build/index.ts";
