import { TestingError } from "../testing-error.ts";
import type { EventInput } from "./event-input.ts";

/**
 * The same thing `count` times: events of a case, or expected alerts. A function gets the position, from 0.
 *
 * `repeat(10)` is ten events as the suite's `event` says; `repeat(3, (i) => ({ hostname: `web${i}` }))` differs in one field.
 *
 * @throws {TestingError} `TEST_OPTION_INVALID` when `count` is not a whole number from 1.
 */
export const repeat = (
  count: number,
  event: EventInput | ((position: number) => EventInput) = {},
): readonly EventInput[] => {
  if (!Number.isSafeInteger(count) || count < 1)
    throw new TestingError("TEST_OPTION_INVALID", `repeat needs a whole number from 1. Received: ${count}.`);
  return Array.from({ length: count }, (_, position) => (typeof event === "function" ? event(position) : event));
};
