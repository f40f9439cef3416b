import { preview } from "@mozdef/query/tools";
import { TestingError } from "../testing-error.ts";

/**
 * A time of a test as a date.
 *
 * @throws {TestingError} `TEST_TIME_INVALID`.
 */
export const readClock = (text: string): Date => {
  const now = new Date(text);
  if (typeof text === "string" && !Number.isNaN(now.getTime())) return now;
  throw new TestingError(
    "TEST_TIME_INVALID",
    `Expected a time in ISO 8601 such as "2017-01-01T01:00:00Z". Received: ${preview(text)}.`,
  );
};
