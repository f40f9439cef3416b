import type { ErrorCause } from "./api-error.ts";

/** A value that its field cannot have. The one who knows field and document puts it into words. */
export class ValueError extends Error implements ErrorCause {
  readonly code: string;
  readonly type: string;
  readonly reason: string;
  readonly causedBy: ErrorCause | undefined;
  /** Does Elasticsearch say in the reason where in the text the value stands? */
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

/** A value that the reader of JSON refuses already: the reason is given twice, and with the end of a source that is not shown. */
export const readerError = (reason: string, type: string): ValueError => {
  const shown = `${reason}\n at [Source: (byte[])]`;
  return new ValueError(shown, "x_content_parse_exception", { type, reason: shown }, true);
};
