import type { JsonObject } from "../json/json.ts";

/** The inside of an `error` or `caused_by` object, as Elasticsearch writes it. */
export interface ErrorCause {
  readonly type: string;
  readonly reason: string | null;
  /** Further keys, e.g. `index`, `line`, `resource.id`; written between reason and caused_by. */
  readonly details?: JsonObject | undefined;
  readonly causedBy?: ErrorCause | undefined;
  /** Does not belong to Elasticsearch's own exceptions despite its type, so it is never shown as a root cause. */
  readonly foreign?: boolean | undefined;
}

/** Where in a body an error lies: at the value of a key, or without a key at the end of the object or list. */
export interface ErrorPlace {
  readonly holder: object;
  readonly key?: string | number | undefined;
  /** The key itself instead of its value. */
  readonly atKey?: boolean | undefined;
  /** What is around it complains about the value all the same. */
  readonly outerAtValue?: boolean | undefined;
  /** `line` and `col` still give the place of the value. */
  readonly detailsAtValue?: boolean | undefined;
}

/**
 * A request that is answered with an error.
 *
 * `code` is Elasticsearch's own error type (`index_not_found_exception`), or `unsupported_feature_exception` for what this store does not support.
 */
export class ApiError extends Error implements ErrorCause {
  readonly code: string;
  readonly status: number;
  readonly type: string;
  readonly reason: string;
  readonly details: JsonObject | undefined;
  readonly causedBy: ErrorCause | undefined;
  /** Turned into line and column where the text of the body is known. */
  at: ErrorPlace | undefined;

  constructor(status: number, cause: ErrorCause) {
    super(cause.reason ?? cause.type);
    this.name = "ApiError";
    this.code = cause.type;
    this.status = status;
    this.type = cause.type;
    this.reason = cause.reason ?? "";
    this.details = cause.details;
    this.causedBy = cause.causedBy;
  }

  /**
   * This error, with the place in the body where it lies.
   *
   * @param value - Where the value of a key begins, when the error lies at the key.
   */
  placedAt(at: TextPlace, value = at, detailColumn = at.column): ApiError {
    return new ApiError(this.status, placeCause(this, at, value, detailColumn));
  }

  /** The `error` value of the answer. */
  toJson(): JsonObject {
    return { root_cause: [bare(rootCause(this))], ...causeToJson(this) };
  }
}

/** Stands in a reason for `line:column`. */
export const PLACE_MARK = "{at}";

/** Stands in a reason for the `line:column` of the value, also when the error lies at its key. */
export const VALUE_MARK = "{at value}";

/** A place in the text of a body. */
interface TextPlace {
  readonly line: number;
  readonly column: number;
}

const placeCause = (cause: ErrorCause, at: TextPlace, value: TextPlace, detailColumn: number): ErrorCause => {
  const { type, reason, details, causedBy } = cause;
  const { line } = at;
  return {
    type,
    reason:
      reason?.replaceAll(PLACE_MARK, `${line}:${at.column}`).replaceAll(VALUE_MARK, `${value.line}:${value.column}`) ??
      null,
    details: details && Object.hasOwn(details, "col") ? { ...details, line, col: detailColumn } : details,
    causedBy: causedBy && placeCause(causedBy, at, value, detailColumn),
  };
};

/** Says where in the body an error lies, unless it is known already. */
export const placed = (error: ApiError, holder: unknown, key?: string | number, atKey = false): ApiError => {
  if (error.at === undefined && typeof holder === "object" && holder !== null) error.at = { holder, key, atKey };
  return error;
};

/** Types that Elasticsearch's own exceptions have; others come from Java or Lucene and are never the root cause of such an exception. */
const OWN_TYPES = new Set([
  "parse_exception",
  "mapper_parsing_exception",
  "document_parsing_exception",
  "query_shard_exception",
  "parsing_exception",
]);

/** Not one of those, but such an error inside another is the root of both. */
const READER_TYPE = "x_content_parse_exception";

/** The innermost cause that is one of Elasticsearch's own exceptions. */
export const rootCause = (cause: ErrorCause): ErrorCause => {
  const { causedBy } = cause;
  if (!causedBy || causedBy.foreign === true) return cause;
  const isReader = cause.type === READER_TYPE && causedBy.type === READER_TYPE;
  return isReader || OWN_TYPES.has(causedBy.type) ? rootCause(causedBy) : cause;
};

const bare = ({ type, reason, details }: ErrorCause): JsonObject => ({ type, reason, ...details });

export const causeToJson = (cause: ErrorCause): JsonObject => ({
  type: cause.type,
  reason: cause.reason,
  ...cause.details,
  ...(cause.causedBy ? { caused_by: causeToJson(cause.causedBy) } : {}),
});

export const illegalArgument = (reason: string, causedBy?: ErrorCause): ApiError =>
  new ApiError(400, { type: "illegal_argument_exception", reason, causedBy });

export const parsingError = (reason: string, causedBy?: ErrorCause): ApiError =>
  new ApiError(400, { type: "parsing_exception", reason, details: { line: 1, col: 1 }, causedBy });

/** For what Elasticsearch supports and this store deliberately does not. Names the feature; never a silent empty answer. */
export const unsupported = (feature: string): ApiError =>
  new ApiError(501, {
    type: "unsupported_feature_exception",
    reason: `${feature} is not supported by the embedded store. Use Elasticsearch for it, or leave it out.`,
  });

export const indexNotFound = (name: string): ApiError =>
  new ApiError(404, {
    type: "index_not_found_exception",
    reason: `no such index [${name}]`,
    details: { "resource.type": "index_or_alias", "resource.id": name, index_uuid: "_na_", index: name },
  });
