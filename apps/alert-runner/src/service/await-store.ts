import type { Clock } from "@mozdef/alert-engine";
import { StoreError } from "@mozdef/alert-store";
import type { FastifyBaseLogger } from "fastify";

export interface AwaitStoreOptions {
  /** Makes the store ready. */
  readonly prepare: () => Promise<void>;
  readonly clock: Pick<Clock, "sleep">;
  readonly log: FastifyBaseLogger;
  /** Ends the waiting. */
  readonly signal: AbortSignal;
}

/** Between two tries, in milliseconds. */
const RETRY_MS = 2_000;

/** @returns why the store is not ready yet, when it may be later; null when it is. @throws what waiting does not help with. */
export const triedOnce = async ({ prepare }: Pick<AwaitStoreOptions, "prepare">): Promise<string | null> => {
  try {
    await prepare();
    return null;
  } catch (error) {
    if (error instanceof StoreError && error.retryable) return error.message;
    throw error;
  }
};

/**
 * Tries until the store is ready. What is wrong with it meanwhile is said once for each reason.
 *
 * @param first - What `triedOnce` said.
 * @returns false when the waiting was ended. @throws what waiting does not help with.
 */
export const untilReady = async (options: AwaitStoreOptions, first: string): Promise<boolean> => {
  const { clock, log, signal } = options;
  const isEnded = (): boolean => signal.aborted;
  let said: string | null = null;
  for (let reason: string | null = first; reason !== null; reason = await triedOnce(options)) {
    if (reason !== said) log.warn(`waiting for the store: ${reason}`);
    said = reason;
    await clock.sleep(RETRY_MS, signal);
    if (isEnded()) return false;
  }
  log.info("the store is there: running alerts");
  return true;
};
