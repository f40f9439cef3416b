/** Codes of {@link RunnerError}; each is explained in `docs/errors.md`. */
export type RunnerErrorCode =
  | "ALERT_NOT_FOUND"
  | "BODY_EMPTY"
  | "BODY_INVALID"
  | "BODY_TOO_LARGE"
  | "CONFIG_INVALID"
  | "CONFIG_NOT_FOUND"
  | "CONTENT_ENCODING_BROKEN"
  | "CONTENT_ENCODING_UNSUPPORTED"
  | "CONTENT_TYPE_UNSUPPORTED"
  | "EVENT_INVALID"
  | "EVENTS_REFUSED"
  | "HOST_FORBIDDEN"
  | "INTERNAL_ERROR"
  | "LISTEN_FAILED"
  | "OPTION_INVALID"
  | "ORIGIN_FORBIDDEN"
  | "PACK_LOAD_FAILED"
  | "PACK_NOT_FOUND"
  | "PAGES_MISSING"
  | "PARAMETER_INVALID"
  | "REQUEST_INVALID"
  | "ROUTE_NOT_FOUND"
  | "STORE_BUSY"
  | "WATCHITEM_NOT_FOUND"
  | "WATCHLIST_FULL";

/** The status of an HTTP answer; 500 for what never comes from a request. */
const STATUS: Readonly<Record<RunnerErrorCode, number>> = {
  ALERT_NOT_FOUND: 404,
  BODY_EMPTY: 400,
  BODY_INVALID: 400,
  BODY_TOO_LARGE: 413,
  CONFIG_INVALID: 500,
  CONFIG_NOT_FOUND: 500,
  CONTENT_ENCODING_BROKEN: 400,
  CONTENT_ENCODING_UNSUPPORTED: 415,
  CONTENT_TYPE_UNSUPPORTED: 415,
  EVENT_INVALID: 400,
  EVENTS_REFUSED: 400,
  HOST_FORBIDDEN: 403,
  INTERNAL_ERROR: 500,
  LISTEN_FAILED: 500,
  OPTION_INVALID: 500,
  ORIGIN_FORBIDDEN: 403,
  PACK_LOAD_FAILED: 500,
  PACK_NOT_FOUND: 500,
  PAGES_MISSING: 404,
  PARAMETER_INVALID: 400,
  REQUEST_INVALID: 400,
  ROUTE_NOT_FOUND: 404,
  STORE_BUSY: 429,
  WATCHITEM_NOT_FOUND: 404,
  WATCHLIST_FULL: 409,
};

/** Something that the service, its configuration or a request to it did wrong. */
export class RunnerError extends Error {
  override readonly name = "RunnerError";
  readonly code: RunnerErrorCode;

  constructor(code: RunnerErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }

  /** The status of an HTTP answer that reports this error. */
  get statusCode(): number {
    return STATUS[this.code];
  }
}
