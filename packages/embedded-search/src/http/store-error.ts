import { type JsonObject } from "../json/json.ts";

/** The inside of an `error` or `caused_by` object, as Elasticsearch writes it. */
export interface ErrorCause {
  readonly type: string;
  readonly reason: string | null;
  /** Further keys, e.g. `index`, `line`, `resource.id`; written between reason and caused_by. */
  readonly details?: JsonObject | undefined;
  readonly causedBy?: ErrorCause | undefined;
  /** Not of Elasticsearch's own family in spite of its type, so it is never shown as a root cause. */
  readonly foreign?: boolean | undefined;
}

/**
 * A request that is answered with an error.
 *
 * `code` is Elasticsearch's own error type (`index_not_found_exception`), or `unsupported_feature_exception` for what this store does not do.
 */
export class StoreError extends Error implements ErrorCause {
  readonly code: string;
  readonly status: number;
  readonly type: string;
  readonly reason: string;
  readonly details: JsonObject | undefined;
  readonly causedBy: ErrorCause | undefined;

  constructor(status: number, cause: ErrorCause) {
    super(cause.reason ?? cause.type);
    this.name = "StoreError";
    this.code = cause.type;
    this.status = status;
    this.type = cause.type;
    this.reason = cause.reason ?? "";
    this.details = cause.details;
    this.causedBy = cause.causedBy;
  }

  /** The `error` value of the answer. */
  toJson(): JsonObject {
    return { root_cause: [bare(rootCause(this))], ...causeToJson(this) };
  }
}

/** Types that Elasticsearch's own exceptions have; others come from Java or Lucene and are no root causes of something that has one. */
const ownTypes = new Set([
  "parse_exception",
  "mapper_parsing_exception",
  "document_parsing_exception",
  "query_shard_exception",
]);

/** The innermost cause of Elasticsearch's own family. */
export function rootCause(cause: ErrorCause): ErrorCause {
  const { causedBy } = cause;
  return causedBy && causedBy.foreign !== true && ownTypes.has(causedBy.type) ? rootCause(causedBy) : cause;
}

const bare = ({ type, reason, details }: ErrorCause): JsonObject => ({ type, reason, ...details });

export function causeToJson(cause: ErrorCause): JsonObject {
  return {
    type: cause.type,
    reason: cause.reason,
    ...cause.details,
    ...(cause.causedBy ? { caused_by: causeToJson(cause.causedBy) } : {}),
  };
}

export const illegalArgument = (reason: string, causedBy?: ErrorCause): StoreError =>
  new StoreError(400, { type: "illegal_argument_exception", reason, causedBy });

export const parsingError = (reason: string, causedBy?: ErrorCause): StoreError =>
  new StoreError(400, { type: "parsing_exception", reason, details: { line: 1, col: 1 }, causedBy });

/** For what Elasticsearch can do and this store, on purpose, cannot. Names the feature; never a silent empty answer. */
export const unsupported = (feature: string): StoreError =>
  new StoreError(501, {
    type: "unsupported_feature_exception",
    reason: `${feature} is not supported by the embedded store. Use Elasticsearch for it, or leave it out.`,
  });

export const indexNotFound = (name: string): StoreError =>
  new StoreError(404, {
    type: "index_not_found_exception",
    reason: `no such index [${name}]`,
    details: { "resource.type": "index_or_alias", "resource.id": name, index_uuid: "_na_", index: name },
  });
