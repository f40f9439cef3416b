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
export const triedOnce = async ({
  prepare,
  log,
}: Pick<AwaitStoreOptions, "prepare" | "log">): Promise<string | null> => {
  try {
    await prepare();
    return null;
  } catch (error) {
    if (!(error instanceof StoreError) || !error.retryable) throw error;
    log.warn(`waiting for the store: ${error.message}`);
    return error.message;
  }
};

/** Tries until the store is ready. What comes to be wrong with it meanwhile is said once for each reason. @returns whether it is ready. */
export const untilReady = async (options: AwaitStoreOptions, first: string): Promise<boolean> => {
  const { prepare, clock, log, signal } = options;
  let reason = first;
  while (!signal.aborted) {
    await clock.sleep(RETRY_MS, signal);
    if (signal.aborted) return false;
    try {
      await prepare();
      log.info("the store is there: running alerts");
      return true;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (message !== reason) log.warn(`waiting for the store: ${message}`);
      reason = message;
    }
  }
  return false;
};
