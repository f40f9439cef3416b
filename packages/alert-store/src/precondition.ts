import type { Versioned } from "./state/service-state.ts";
import { StoreError } from "./store-error.ts";

/** Whether what is to be changed has a version that whoever changes it has seen. */
export type Precondition = (version: string) => boolean;

/** The version of a document as a text: another one with each write. */
export const versionText = ({ if_seq_no: sequence, if_primary_term: term }: Versioned["version"]): string =>
  `${sequence}-${term}`;

/**
 * Looks at the version that a write will replace: with a conditional write, nobody gets in between.
 *
 * @param what - The call that is not done, for the message.
 * @param precondition - Undefined: any version is right.
 * @throws {StoreError} `STORE_PRECONDITION_FAILED`.
 */
export const checkPrecondition = (what: string, version: string, precondition: Precondition | undefined): void => {
  if (precondition === undefined || precondition(version)) return;
  throw new StoreError(
    "STORE_PRECONDITION_FAILED",
    `${what}: it was changed since it was read. Expected: the version that the request names. It has: ${version}. Read it again.`,
  );
};
