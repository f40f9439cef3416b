/** Codes of {@link EngineError}; each is explained in `docs/errors.md`. */
export type EngineErrorCode =
  "BACKFILL_INVALID" | "BACKFILL_NOT_FOUND" | "HOST_FAILED" | "RUN_UNANSWERED" | "SCHEDULE_NOT_FOUND" | "SHUTTING_DOWN";

/** The engine was asked for something that it cannot do. */
export class EngineError extends Error {
  override readonly name = "EngineError";
  readonly code: EngineErrorCode;

  constructor(code: EngineErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
