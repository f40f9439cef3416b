import { z } from "zod";
import { failure } from "./values.ts";

/** Codes of errors that the HTTP side of the service answers with; each is explained in `docs/errors.md`. */
export type HttpErrorCode =
  | "ALERT_NOT_FOUND"
  | "BODY_EMPTY"
  | "BODY_INVALID"
  | "BODY_TOO_LARGE"
  | "CONTENT_ENCODING_BROKEN"
  | "CONTENT_ENCODING_UNSUPPORTED"
  | "CONTENT_TYPE_UNSUPPORTED"
  | "EVENT_INVALID"
  | "EVENTS_REFUSED"
  | "HOST_FORBIDDEN"
  | "INTERNAL_ERROR"
  | "ORIGIN_FORBIDDEN"
  | "PAGES_MISSING"
  | "PARAMETER_INVALID"
  | "REQUEST_INVALID"
  | "ROUTE_NOT_FOUND"
  | "STORE_BUSY"
  | "WATCHITEM_NOT_FOUND"
  | "WATCHLIST_FULL";

/** The status that an answer with a code has. */
export const HTTP_ERROR_STATUS: Readonly<Record<HttpErrorCode, number>> = {
  ALERT_NOT_FOUND: 404,
  BODY_EMPTY: 400,
  BODY_INVALID: 400,
  BODY_TOO_LARGE: 413,
  CONTENT_ENCODING_BROKEN: 400,
  CONTENT_ENCODING_UNSUPPORTED: 415,
  CONTENT_TYPE_UNSUPPORTED: 415,
  EVENT_INVALID: 400,
  EVENTS_REFUSED: 400,
  HOST_FORBIDDEN: 403,
  INTERNAL_ERROR: 500,
  ORIGIN_FORBIDDEN: 403,
  PAGES_MISSING: 404,
  PARAMETER_INVALID: 400,
  REQUEST_INVALID: 400,
  ROUTE_NOT_FOUND: 404,
  STORE_BUSY: 429,
  WATCHITEM_NOT_FOUND: 404,
  WATCHLIST_FULL: 409,
};

/** Errors that any route may answer, by status: a wrong request, a store in trouble, a service that is ending. */
export const COMMON_ERRORS: Readonly<Record<number, readonly string[]>> = {
  400: ["BODY_EMPTY", "BODY_INVALID", "CONTENT_ENCODING_BROKEN", "PARAMETER_INVALID", "REQUEST_INVALID"],
  403: ["HOST_FORBIDDEN", "ORIGIN_FORBIDDEN"],
  409: ["STORE_CONFLICT"],
  413: ["BODY_TOO_LARGE"],
  415: ["CONTENT_ENCODING_UNSUPPORTED", "CONTENT_TYPE_UNSUPPORTED"],
  429: ["STORE_REFUSED", "STORE_SEARCH_FAILED", "STORE_WRITE_FAILED"],
  500: ["INTERNAL_ERROR"],
  502: ["STORE_REFUSED", "STORE_SEARCH_FAILED", "STORE_UNSUPPORTED", "STORE_WRITE_FAILED"],
  503: ["STORE_UNAVAILABLE"],
};

/** The body of every answer that reports an error. */
export const errorAnswer = z.strictObject({ error: failure });
