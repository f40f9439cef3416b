import { StoreError } from "@mozdef/alert-store";

/** Whether a run is done with its slot. A mistake in an alert will not go away by trying again; a store that is away will come back. */
export const isFinal = ({ errors }: { readonly errors: readonly Error[] }): boolean =>
  !errors.some((error) => error instanceof StoreError && error.retryable);
