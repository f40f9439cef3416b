import { preview } from "@mozdef/query/tools";
import { TestingError } from "../testing-error.ts";
import type { EventInput } from "./event-input.ts";
import { mergeObjects } from "./merge.ts";
import { Moment } from "./moments.ts";
import { offsetMs } from "./offsets.ts";

/** A place on the time line of a case; `0s` is the suite's `now`. */
export interface TimeLine {
  /** One event at this time. */
  once(event?: EventInput): readonly EventInput[];
  /** `count` events, the first at this time, the others `step` apart. A function gets the position, from 0. */
  every(step: string, count: number, event?: EventInput | ((position: number) => EventInput)): readonly EventInput[];
}

/**
 * Events at given times: `at("-90s").every("10s", 10, { details: { success: false } })`.
 *
 * Sets `utctimestamp`, `receivedtimestamp` and `timestamp` of each event unless the event says them itself.
 *
 * @param offset - From the suite's `now`: `"0s"`, `"-2m"`, `"1h30m"`.
 * @throws {TestingError} `TEST_TIME_INVALID`, and `TEST_OPTION_INVALID` when `count` is not a whole number from 1.
 */
export const at = (offset: string): TimeLine => {
  const firstMs = offsetMs(offset);
  return {
    once: (event = {}) => [eventAt(firstMs, event)],
    every: (step, count, event = {}) => {
      const stepMs = offsetMs(step);
      if (!Number.isSafeInteger(count) || count < 1)
        throw new TestingError(
          "TEST_OPTION_INVALID",
          `at(...).every(step, count) needs a whole number from 1 as count. Received: ${preview(count)}.`,
        );
      return Array.from({ length: count }, (_, position) =>
        eventAt(firstMs + position * stepMs, typeof event === "function" ? event(position) : event),
      );
    },
  };
};

const eventAt = (ms: number, event: EventInput): EventInput => {
  const moment = new Moment("start", ms);
  return mergeObjects({ utctimestamp: moment, receivedtimestamp: moment, timestamp: moment }, event);
};
