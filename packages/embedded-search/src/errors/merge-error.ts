import type { JsonObject } from "../json/json.ts";
import { ApiError, type ErrorCause } from "./api-error.ts";

/** An index that could not be searched, beside those whose answers could not be merged. */
export interface FailedBeside {
  /** As in `failed_shards`. */
  readonly shard: JsonObject;
  /** As in `root_cause`. */
  readonly root: JsonObject;
}

/** The server only notices when it merges the answers of its shards, so no shard is to blame. */
export class MergeError extends ApiError {
  readonly #why: ErrorCause;
  readonly #beside: readonly FailedBeside[];

  constructor(causedBy: ErrorCause, beside: readonly FailedBeside[] = []) {
    super(400, {
      type: "search_phase_execution_exception",
      reason: "",
      details: { phase: "fetch", grouped: true, failed_shards: beside.map(({ shard }) => shard) },
      causedBy,
    });
    this.#why = causedBy;
    this.#beside = beside;
  }

  /** The same, where some indices had failed before. */
  beside(failed: readonly FailedBeside[]): MergeError {
    return new MergeError(this.#why, failed);
  }

  override toJson(): JsonObject {
    return { ...super.toJson(), root_cause: this.#beside.map(({ root }) => root) };
  }
}
