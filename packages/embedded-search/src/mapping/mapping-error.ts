import { type ErrorCause, ApiError } from "../errors/api-error.ts";

/** An invalid mapping: shown twice, bare as the root cause and with a prefix, as in Elasticsearch. */
export class MappingError extends ApiError {
  constructor(reason: string, type = "mapper_parsing_exception", causedBy?: ErrorCause) {
    super(400, {
      type: "mapper_parsing_exception",
      reason: `Failed to parse mapping: ${reason}`,
      causedBy: { type, reason, causedBy },
    });
  }
}
