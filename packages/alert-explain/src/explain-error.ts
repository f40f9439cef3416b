/** Codes of {@link ExplainError}; each is explained in `docs/errors.md`. */
export type ExplainErrorCode = "EXPLAIN_NO_GROUPS";

/** What was asked cannot be explained. */
export class ExplainError extends Error {
  override readonly name = "ExplainError";
  readonly code: ExplainErrorCode;

  constructor(code: ExplainErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
