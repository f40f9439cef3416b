import { AlertError } from "@mozdef/alert/runtime";

/**
 * Waits for work no longer than allowed, then aborts and rejects. What does not listen to the signal goes on in the
 * background, but nobody waits for it.
 *
 * @throws {AlertError} `ALERT_TIMEOUT`.
 */
export const withDeadline = async <T>(
  what: string,
  timeoutMs: number,
  controller: Pick<AbortController, "abort">,
  work: () => Promise<T>,
): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new AlertError("ALERT_TIMEOUT", `${what} took longer than the ${timeoutMs} ms allowed.`);
      controller.abort(error);
      reject(error);
    }, timeoutMs);
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
};
