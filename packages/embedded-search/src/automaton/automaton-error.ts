/** Why a pattern was refused. */
export type AutomatonErrorCode = "REGEXP_SYNTAX" | "PATTERN_TOO_COMPLEX" | "PATTERN_TOO_LARGE";

/** A pattern that cannot be compiled. The message is the reason Elasticsearch gives. */
export class AutomatonError extends Error {
  override readonly name = "AutomatonError";
  readonly code: AutomatonErrorCode;

  constructor(code: AutomatonErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
