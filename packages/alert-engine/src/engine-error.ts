/** Codes of {@link EngineError}; each is explained in `docs/errors.md`. */
export type EngineErrorCode =
  | "BACKFILL_INVALID"
  | "BACKFILL_NOT_FOUND"
  | "EXCEPTION_INVALID"
  | "EXCEPTION_NOT_FOUND"
  | "HOST_FAILED"
  | "ROUTE_INVALID"
  | "RUN_UNANSWERED"
  | "SCHEDULE_NOT_FOUND"
  | "SHUTTING_DOWN"
  | "SILENCE_INVALID"
  | "SILENCE_NOT_FOUND";

/** The engine was asked for something that it cannot do. */
export class EngineError extends Error {
  override readonly name = "EngineError";
  readonly code: EngineErrorCode;

  constructor(code: EngineErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
