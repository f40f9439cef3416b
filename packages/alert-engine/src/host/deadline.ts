import { AlertError } from "@mozdef/alert/runtime";

/**
 * Waits for work no longer than allowed, then aborts and rejects. What does not listen to the signal goes on in the
 * background, but nobody waits for it.
 *
 * @throws {AlertError} `ALERT_TIMEOUT`.
 */
export const withDeadline = <T>(
  what: string,
  timeoutMs: number,
  controller: Pick<AbortController, "abort">,
  work: () => Promise<T>,
): Promise<T> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      const error = new AlertError("ALERT_TIMEOUT", `${what} took longer than the ${timeoutMs} ms allowed.`);
      controller.abort(error);
      reject(error);
    }, timeoutMs);
    const ending =
      <Value>(settle: (value: Value) => void) =>
      (value: Value): void => {
        clearTimeout(timer);
        settle(value);
      };
    // By hand: a race of promises costs a quiet run more than the deadline itself.
    try {
      work().then(ending(resolve), ending(reject));
    } catch (cause) {
      ending(reject)(cause);
    }
  });
