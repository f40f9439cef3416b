/** Why a pattern was refused. */
export type AutomatonErrorCode = "REGEXP_SYNTAX" | "REGEXP_NUMBER" | "PATTERN_TOO_COMPLEX" | "PATTERN_TOO_LARGE";

/** A pattern that cannot be compiled. The message is the reason Elasticsearch gives. */
export class AutomatonError extends Error {
  override readonly name = "AutomatonError";
  readonly code: AutomatonErrorCode;
  /** What Elasticsearch names as the cause of its error, if it names one. */
  readonly causedBy: { readonly type: string; readonly reason: string | null } | undefined;

  constructor(code: AutomatonErrorCode, message: string, causedBy?: AutomatonError["causedBy"]) {
    super(message);
    this.code = code;
    this.causedBy = causedBy;
  }
}
