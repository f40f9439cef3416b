import { causeToJson, type ErrorCause, rootCause, ApiError } from "../errors/api-error.ts";
import { MergeError } from "../errors/merge-error.ts";
import type { SearchTarget } from "../hits/scope.ts";
import type { JsonObject } from "../json/json.ts";
import { queryCause } from "../plan/query-cause.ts";

/** Why the search failed in one index. */
export interface ShardFailure {
  readonly target: SearchTarget;
  readonly status: number;
  readonly cause: ErrorCause;
}

/** Words an error of a query, sort or aggregation in one index as Elasticsearch does. @throws any other error unchanged. */
export const shardFailure = (target: SearchTarget, error: unknown): ShardFailure => {
  const where = { index_uuid: target.uuid, index: target.name };
  const causedBy = queryCause(error);
  if (causedBy) {
    const reason = `failed to create query: ${causedBy.reason}`;
    return { target, status: 400, cause: { type: "query_shard_exception", reason, details: where, causedBy } };
  }
  if (!(error instanceof ApiError) || error.status >= 500) throw error;
  const details = error.type === "query_shard_exception" ? where : error.details;
  return {
    target,
    status: error.status,
    cause: { type: error.type, reason: error.reason, details, causedBy: error.causedBy },
  };
};

/** The index was deleted after the point in time had been opened. */
export const goneFailure = (target: SearchTarget): ShardFailure => ({
  ...{ target, status: 503, cause: { type: "no_shard_available_action_exception", reason: null } },
});

/** That where half an answer is not wanted. */
export const indexGone = ({ name, uuid }: SearchTarget): ApiError =>
  new ApiError(404, {
    type: "index_not_found_exception",
    reason: `no such index [${name}]`,
    details: { index_uuid: uuid, index: name },
  });

/** One entry of `failures` or `failed_shards`. No node has an index that is gone. */
export const failureToJson = ({ target, cause }: ShardFailure): JsonObject => ({
  shard: 0,
  index: target.name,
  node: target.isGone() ? null : "embedded",
  reason: causeToJson(cause),
});

/** One entry of `root_cause`. */
const rootToJson = (failure: ShardFailure): JsonObject => {
  const { type, reason, details } = rootCause(failure.cause);
  return { type, reason, ...details };
};

/** An error of the answers together shows those of single indices beside it. */
export const besideFailures = (error: unknown, failures: readonly ShardFailure[]): unknown =>
  error instanceof MergeError
    ? error.beside(failures.map((failure) => ({ shard: failureToJson(failure), root: rootToJson(failure) })))
    : error;

/** The search failed in every index, or in some where half an answer is not wanted. */
export class SearchPhaseError extends ApiError {
  readonly #failures: readonly ShardFailure[];

  constructor(first: ShardFailure, failures: readonly ShardFailure[], isPartial = false) {
    super(Math.max(...failures.map(({ status }) => status)), {
      type: "search_phase_execution_exception",
      reason: isPartial ? "Partial shards failure" : "all shards failed",
      details: { phase: "query", grouped: true, failed_shards: failures.map(failureToJson) },
      causedBy: isPartial ? undefined : outerCause(first.cause),
    });
    this.#failures = failures;
  }

  override toJson(): JsonObject {
    return {
      root_cause: this.#failures.map(rootToJson),
      ...causeToJson(this),
    };
  }
}

/** What Java has as one class and its children. */
const ILLEGAL_ARGUMENTS: ReadonlySet<string> = new Set(["illegal_argument_exception", "number_format_exception"]);

/** Shown beside the failed shards only when it differs from theirs. */
const outerCause = (cause: ErrorCause): ErrorCause | undefined => {
  const root = rootCause(cause);
  if (root !== cause) return root;
  return ILLEGAL_ARGUMENTS.has(cause.type) ? { ...cause, causedBy: cause } : undefined;
};
