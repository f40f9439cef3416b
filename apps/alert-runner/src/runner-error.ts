/** Codes of {@link RunnerError}; each is explained in `docs/errors.md`. */
export type RunnerErrorCode =
  | "ACCESS_FAILED"
  | "BACKUP_FAILED"
  | "CONFIG_INVALID"
  | "CONFIG_NOT_FOUND"
  | "LISTEN_FAILED"
  | "LISTEN_UNPROTECTED"
  | "OPTION_INVALID"
  | "PACK_LOAD_FAILED"
  | "PACK_NOT_FOUND"
  | "RUNNERS_AT_WORK"
  | "STORE_MISSING";

/** Why the service cannot start or go on: its configuration, its packs, its command line, its address. */
export class RunnerError extends Error {
  override readonly name = "RunnerError";
  readonly code: RunnerErrorCode;

  constructor(code: RunnerErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
