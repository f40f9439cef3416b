/** A request that did not give what was asked for. `status` is 0 when the service did not answer at all. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
    this.code = code;
  }
}

/** Reads the service's `{ error: { code, message } }`; anything else (a proxy's page) becomes a plain sentence. */
export const errorOf = (status: number, body: unknown): ApiError => {
  const error = isRecord(body) && isRecord(body.error) ? body.error : {};
  const code = typeof error.code === "string" ? error.code : "UNEXPECTED_ANSWER";
  const message = typeof error.message === "string" ? error.message : `The service answered with status ${status}.`;
  return new ApiError(status, code, message);
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
