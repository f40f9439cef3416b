import { AlertError } from "@mozdef/alert/runtime";
import { StoreError } from "@mozdef/alert-store";
import type { StageOutcome } from "./alert-host.ts";

/**
 * Failures of the store that reached the alert through its context and that it did not handle: they are the store's, not the alert's, so that
 * the run is done again. What the alert wants to keep rests on less than it asked for.
 */
export const withStoreFailures = <T extends StageOutcome>(outcome: T): T => {
  const errors = outcome.errors.map(ofStore);
  const isComplete = outcome.isComplete && !errors.some((error) => error instanceof StoreError && error.retryable);
  return { ...outcome, errors, isComplete };
};

/** Causes that are looked at: what an alert throws may have any, also itself. */
const MOST_CAUSES = 10;

const ofStore = (error: AlertError | StoreError): AlertError | StoreError => {
  if (!(error instanceof AlertError)) return error;
  let cause: unknown = error.cause;
  for (let depth = 0; depth < MOST_CAUSES && cause instanceof Error; depth += 1) {
    if (cause instanceof StoreError && cause.retryable)
      return new StoreError(cause.code, error.message, { cause: error, retryable: true });
    cause = cause.cause;
  }
  return error;
};
