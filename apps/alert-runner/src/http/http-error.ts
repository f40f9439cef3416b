import { HTTP_ERROR_STATUS, type HttpErrorCode } from "@mozdef/alert-api";

/** A request that the service does not do. Its codes and their statuses are part of the contract. */
export class HttpError extends Error {
  override readonly name = "HttpError";
  readonly code: HttpErrorCode;
  /** When it may be tried again. */
  readonly retrySeconds: number | undefined;

  constructor(
    code: HttpErrorCode,
    message: string,
    { retrySeconds, ...options }: { readonly cause?: unknown; readonly retrySeconds?: number } = {},
  ) {
    super(message, options);
    this.code = code;
    this.retrySeconds = retrySeconds;
  }

  /** The status of the answer that reports this error. */
  get statusCode(): number {
    return HTTP_ERROR_STATUS[this.code];
  }
}
