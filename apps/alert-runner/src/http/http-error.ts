import { HTTP_ERROR_STATUS, type HttpErrorCode } from "@mozdef/alert-api";

/** A request that the service does not do. Its codes and their statuses are part of the contract. */
export class HttpError extends Error {
  override readonly name = "HttpError";
  readonly code: HttpErrorCode;

  constructor(code: HttpErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }

  /** The status of the answer that reports this error. */
  get statusCode(): number {
    return HTTP_ERROR_STATUS[this.code];
  }
}
