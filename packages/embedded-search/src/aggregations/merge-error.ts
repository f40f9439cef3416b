import { ApiError, type ErrorCause } from "../errors/api-error.ts";
import type { JsonObject } from "../json/json.ts";

/** The server only notices when it merges the answers of its shards, so no shard is to blame. */
export class MergeError extends ApiError {
  constructor(causedBy: ErrorCause) {
    super(400, {
      type: "search_phase_execution_exception",
      reason: "",
      details: { phase: "fetch", grouped: true, failed_shards: [] },
      causedBy,
    });
  }

  override toJson(): JsonObject {
    return { ...super.toJson(), root_cause: [] };
  }
}
