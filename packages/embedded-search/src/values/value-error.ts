import { type ErrorCause } from "../http/store-error.ts";

/** A value that its field cannot have. The one who knows field and document puts it into words. */
export class ValueError extends Error implements ErrorCause {
  readonly code: string;
  readonly type: string;
  readonly reason: string;
  readonly causedBy: ErrorCause | undefined;

  constructor(reason: string, type = "illegal_argument_exception", causedBy?: ErrorCause) {
    super(reason);
    this.code = type;
    this.type = type;
    this.reason = reason;
    this.causedBy = causedBy;
  }
}
