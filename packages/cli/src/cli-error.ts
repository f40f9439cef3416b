/** Codes of {@link CliError}; each is explained in `docs/errors.md`. */
export type CliErrorCode =
  | "CLI_CONFIG_INVALID"
  | "CLI_GIT_FAILED"
  | "CLI_INPUT_INVALID"
  | "CLI_OPTION_INVALID"
  | "CLI_PACK_UNREADABLE"
  | "CLI_REGISTRY_FAILED"
  | "CLI_SOURCE_UNKNOWN"
  | "CLI_TARGET_UNKNOWN"
  | "CLI_TESTS_UNREADABLE"
  | "CLI_VERSION_UNKNOWN"
  | "CLI_WORKER_FAILED";

/** A command that cannot be carried out as it was given. */
export class CliError extends Error {
  override readonly name = "CliError";
  readonly code: CliErrorCode;

  constructor(code: CliErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
