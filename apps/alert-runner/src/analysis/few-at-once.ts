import { HttpError } from "../http/http-error.ts";

/**
 * Runs so many pieces of work at once at most.
 *
 * @returns what runs one; it throws {@link HttpError} `ANALYSIS_BUSY` when there are as many as may be.
 */
export const fewAtOnce = (most: number) => {
  let underWay = 0;
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (underWay >= most)
      throw new HttpError(
        "ANALYSIS_BUSY",
        `Expected: at most ${most} backtests and explanations at once. Received: one more. Try again in a moment.`,
      );
    underWay += 1;
    try {
      return await work();
    } finally {
      underWay -= 1;
    }
  };
};
