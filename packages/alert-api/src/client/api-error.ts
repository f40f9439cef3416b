/** A request that did not give what was asked for. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  /** Of the answer; 0 when there was none. */
  readonly status: number;
  /** As listed in `docs/errors.md`; `UNREACHABLE` without an answer, `UNEXPECTED_ANSWER` for one that is not the service's. */
  readonly code: string;
  /** The body of the answer: some errors say more than their code and message. */
  readonly body: unknown;

  constructor(
    status: number,
    code: string,
    message: string,
    { body, ...options }: { readonly body?: unknown; readonly cause?: unknown } = {},
  ) {
    super(message, options);
    this.status = status;
    this.code = code;
    this.body = body;
  }
}

/** Reads the service's `{ error: { code, message } }`; anything else (a proxy's page) becomes a plain sentence. */
export const errorOf = (status: number, body: unknown): ApiError => {
  const error = isRecord(body) && isRecord(body.error) ? body.error : {};
  const code = typeof error.code === "string" ? error.code : "UNEXPECTED_ANSWER";
  const message = typeof error.message === "string" ? error.message : `The service answered with status ${status}.`;
  return new ApiError(status, code, message, { body });
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;
