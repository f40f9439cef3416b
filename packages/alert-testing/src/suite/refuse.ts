import { TestingError } from "../testing-error.ts";

/** Makes the error of a suite that is weak or wrong. */
export type Refuse = (reason: string) => TestingError;

export const refuseSuite =
  (title: string): Refuse =>
  (reason) =>
    new TestingError("TEST_SUITE_INVALID", `${title}: ${reason}`);
