import { causeToJson, type ErrorCause, illegalArgument, ApiError } from "../errors/api-error.ts";
import type { SearchTarget } from "../hits/scope.ts";
import type { JsonObject } from "../json/json.ts";
import { newUuid } from "./identifiers.ts";

interface PointInTime {
  readonly targets: readonly SearchTarget[];
  keepAliveMs: number;
  expiresMs: number;
}

/** Limit of open points in time, like Elasticsearch's `search.max_open_scroll_context`. */
const MAX_OPEN = 500;

/** Snapshots that clients asked to keep. */
export class PointsInTime {
  readonly #now: () => number;
  readonly #open = new Map<string, PointInTime>();
  /** Index names of recently closed ones, for the message. */
  readonly #gone = new Map<string, readonly string[]>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** @returns its id. */
  open(targets: readonly SearchTarget[], keepAliveMs: number): string {
    this.#forgetExpired();
    if (this.#open.size >= MAX_OPEN) throw tooMany();
    const id = `${newUuid()}${newUuid()}`;
    this.#open.set(id, { targets, keepAliveMs, expiresMs: this.#now() + keepAliveMs });
    return id;
  }

  /**
   * Documents are those of its beginning, fields and aliases those of now.
   *
   * @throws {ApiError} 404 when it was closed or has expired.
   */
  use(id: string, keepAliveMs: number | undefined): readonly SearchTarget[] {
    this.#forgetExpired();
    const pit = this.#open.get(id);
    if (!pit) throw missing(id, this.#indexNames(id));
    pit.keepAliveMs = keepAliveMs ?? pit.keepAliveMs;
    pit.expiresMs = this.#now() + pit.keepAliveMs;
    return pit.targets.map((target) => target.renewed());
  }

  /** The indices of a point in time that is gone, while they are remembered. */
  #indexNames(id: string): readonly string[] {
    return this.#gone.get(id) ?? [];
  }

  #remember(id: string, pit: PointInTime): void {
    this.#gone.set(
      id,
      pit.targets.map(({ name }) => name),
    );
    const [oldest] = this.#gone.keys();
    if (this.#gone.size > MAX_OPEN && oldest !== undefined) this.#gone.delete(oldest);
  }

  /** @returns of how many shards there was a snapshot; those of deleted indices are gone before. */
  close(id: string): number {
    const pit = this.#open.get(id);
    if (!pit) return 0;
    this.#remember(id, pit);
    this.#open.delete(id);
    return pit.targets.reduce((sum, target) => sum + (target.isGone() ? 0 : target.shards), 0);
  }

  #forgetExpired(): void {
    const nowMs = this.#now();
    for (const [id, { expiresMs }] of this.#open) if (expiresMs < nowMs) this.close(id);
  }
}

const tooMany = (): ApiError =>
  new ApiError(429, {
    type: "too_many_scroll_contexts_exception",
    reason: `Trying to open too many points in time. Must be less than or equal to: [${MAX_OPEN}]. Close some, or wait for them to expire.`,
  });

const missing = (id: string, indices: readonly string[]): ApiError => {
  if (!isId(id)) throw foreignId(id);
  const cause = {
    type: "search_context_missing_exception",
    reason: `No search context found for id [${id.slice(0, 22)}]`,
  };
  const failures = indices.map((index) => ({ shard: 0, index, node: "embedded", reason: cause }));
  return new SearchContextError(cause, failures);
};

/** An id that this store could have issued. */
const isId = (id: string): boolean => /^[\w-]{44}$/.test(id);

/** The server reads such an id as its own binary form and fails on the version at its start. */
const foreignId = (id: string): ApiError => {
  const bytes = Buffer.from(id, "base64url");
  let version = 0;
  for (let i = 0; i < Math.min(bytes.length, 5); i++) {
    const byte = bytes[i] ?? 0;
    version += (byte & 127) * 2 ** (7 * i);
    if (byte < 128) break;
  }
  return illegalArgument(`unknown transport version [${version}] reading search context id`);
};

/** A missing point in time is a failure in each of its indices. */
class SearchContextError extends ApiError {
  readonly #cause: ErrorCause;

  constructor(cause: ErrorCause, failures: readonly JsonObject[]) {
    super(404, {
      type: "search_phase_execution_exception",
      reason: "all shards failed",
      details: { phase: "query", grouped: true, failed_shards: failures },
    });
    this.#cause = cause;
  }

  override toJson(): JsonObject {
    return { ...super.toJson(), root_cause: [causeToJson(this.#cause)] };
  }
}
