import type { ErrorCause } from "./api-error.ts";

/** A value that its field cannot have. The message is worded where field and document are known. */
export class ValueError extends Error implements ErrorCause {
  readonly code: string;
  readonly type: string;
  readonly reason: string;
  readonly causedBy: ErrorCause | undefined;
  /** Does Elasticsearch give the position of the value in the reason? */
  readonly placed: boolean;

  constructor(reason: string, type = "illegal_argument_exception", causedBy?: ErrorCause, placed = false) {
    super(reason);
    this.code = type;
    this.type = type;
    this.reason = reason;
    this.causedBy = causedBy;
    this.placed = placed;
  }
}

/** A value that the JSON reader already rejects: the reason is given twice, ending with a source that is not shown. */
export const readerError = (reason: string, type: string): ValueError => {
  const shown = `${reason}\n at [Source: (byte[])]`;
  return new ValueError(shown, "x_content_parse_exception", { type, reason: shown }, true);
};
