import { StoreError } from "../store-error.ts";

/** Waits for some milliseconds. */
export type Pause = (ms: number) => Promise<unknown>;

/** Pauses before further attempts, in milliseconds: what takes hours does not end since a server was busy for a moment. */
const PAUSES_MS = [500, 1_000, 2_000, 4_000, 8_000, 16_000];

/**
 * Does something again as long as the store is busy or away.
 *
 * @param isOpen - Whether an outcome asks for another attempt. Default: none does.
 * @throws the error of the last attempt.
 */
export const withPatience = async <T>(
  attempt: () => Promise<T>,
  pause: Pause,
  isOpen: (outcome: T) => boolean = () => false,
): Promise<T> => {
  for (const ms of PAUSES_MS) {
    try {
      const outcome = await attempt();
      if (!isOpen(outcome)) return outcome;
    } catch (error) {
      if (!(error instanceof StoreError && error.retryable)) throw error;
    }
    await pause(ms);
  }
  return attempt();
};
