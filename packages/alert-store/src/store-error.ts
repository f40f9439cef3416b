import { errors } from "@elastic/elasticsearch";

/** Codes of {@link StoreError}; each is explained in `docs/errors.md`. */
export type StoreErrorCode =
  | "STORE_CHANGE_INVALID"
  | "STORE_CONFLICT"
  | "STORE_HISTORY_FULL"
  | "STORE_INDEX_FOREIGN"
  | "STORE_INDEX_MISSING"
  | "STORE_MARK_REFUSED"
  | "STORE_OPTION_INVALID"
  | "STORE_QUERY_INVALID"
  | "STORE_PRECONDITION_FAILED"
  | "STORE_REFUSED"
  | "STORE_SEARCH_FAILED"
  | "STORE_SOURCE_UNREACHABLE"
  | "STORE_TRANSFER_INCOMPLETE"
  | "STORE_TRANSFER_INVALID"
  | "STORE_UNAVAILABLE"
  | "STORE_UNSUPPORTED"
  | "STORE_WRITE_FAILED";

/** The store did not do what it was asked. */
export class StoreError extends Error {
  override readonly name = "StoreError";
  readonly code: StoreErrorCode;
  /** Whether the same call may succeed later: the store was away or overloaded. */
  readonly retryable: boolean;

  constructor(code: StoreErrorCode, message: string, options: { cause?: unknown; retryable?: boolean } = {}) {
    super(message, options);
    this.code = code;
    this.retryable = options.retryable ?? false;
  }
}

/** Whether the server answered with this HTTP status. */
export const isStatus = (cause: unknown, status: number): boolean =>
  cause instanceof errors.ResponseError && cause.statusCode === status;

const [UNAUTHORIZED, REQUEST_TIMEOUT, TOO_MANY_REQUESTS] = [401, 408, 429];
/** What an embedded store does not have is not there later either. */
const NOT_IMPLEMENTED = 501;

/** Whether a server that answers with this HTTP status is only busy, or in trouble itself: the same request may go through later. */
export const isLater = (status: number): boolean =>
  status === REQUEST_TIMEOUT || status === TOO_MANY_REQUESTS || (status >= 500 && status !== NOT_IMPLEMENTED);

/** Whether a server says that it cannot hold what it was asked for. One that only is busy says something else. */
export const isBreaker = (reason: string): boolean => reason.includes("circuit_breaking_exception");

/** Whether a server says that it was asked for more groups than it gives at once. */
export const isTooManyGroups = (reason: string): boolean => reason.includes("too_many_buckets_exception");

/** Whether the store, or the client, could not hold what was asked for or sent: less of it may go through. */
export const isTooLarge = (cause: unknown): boolean => {
  if (cause instanceof errors.ResponseError) return cause.statusCode === 413 || isBreaker(reasonOf(cause.body));
  return cause instanceof errors.RequestAbortedError && /content length|larger|bigger|too large/i.test(cause.message);
};

/** What becomes of an index without being the fault of what is written to it: it is blocked, closed, or gone. */
const PASSING: ReadonlySet<string> = new Set([
  "cluster_block_exception",
  "index_closed_exception",
  "index_not_found_exception",
]);

/** Whether an error of this type may be over later, whatever its status. */
export const isPassing = (type: string): boolean => PASSING.has(type);

/**
 * What a server says of a request that asks too much by itself, although its status is that of a busy one. OpenSearch answers too many
 * groups with 503.
 */
const OWN_FAULT = /too_many_buckets_exception|"durability":"PERMANENT"/;

/** Whether a search that failed so may succeed later. @param error - As the server sent it. */
export const isSearchLater = (status: number, error: unknown): boolean =>
  isLater(status) && !OWN_FAULT.test(JSON.stringify(error));

/** What the client threw as one of ours; the failed call is named, the answer of the server kept. */
export const storeError = (what: string, cause: unknown): StoreError => {
  if (cause instanceof StoreError) return cause;
  if (cause instanceof errors.ResponseError) {
    const status = cause.statusCode ?? 0;
    return new StoreError("STORE_REFUSED", `${what}: the store answered ${status}: ${reasonOf(cause.body)}`, {
      cause,
      // A credential that has expired is the service's own, and what is due waits until there is another.
      retryable: status === UNAUTHORIZED || isSearchLater(status, cause.body) || isBlock(cause.body),
    });
  }
  const message = cause instanceof Error ? cause.message : String(cause);
  // Thrown before anything was sent: what was to be written cannot be, and never will.
  if (cause instanceof RangeError || cause instanceof TypeError || cause instanceof errors.SerializationError)
    return new StoreError("STORE_REFUSED", `${what}: it cannot be written: ${message}`, { cause });
  return new StoreError("STORE_UNAVAILABLE", `${what}: the store does not answer: ${message}`, {
    cause,
    retryable: true,
  });
};

/** A request that is refused as a whole, since the cluster or all that it is about may not be changed now. */
const isBlock = (body: unknown): boolean => {
  const { error } = typeof body === "object" && body !== null && "error" in body ? body : { error: null };
  return typeof error === "object" && error !== null && "type" in error && error.type === "cluster_block_exception";
};

/** The reason inside an error of the server, whatever its depth; the JSON of it when there is none. */
export const reasonOf = (body: unknown): string => {
  const error = typeof body === "object" && body !== null && "error" in body ? body.error : body;
  if (typeof error === "string") return error;
  if (typeof error !== "object" || error === null) return JSON.stringify(error);
  const { type, reason, caused_by: cause } = error as Readonly<Record<string, unknown>>;
  const own = [type, reason].filter((part) => typeof part === "string").join(": ");
  const inner = cause === undefined ? "" : ` (${reasonOf(cause)})`;
  return own === "" ? JSON.stringify(error).slice(0, 500) : `${own}${inner}`;
};
