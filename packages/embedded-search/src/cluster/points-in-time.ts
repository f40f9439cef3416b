import { StoreError } from "../http/store-error.ts";
import { type SearchTarget } from "../search/scope.ts";
import { newUuid } from "./identifiers.ts";

interface PointInTime {
  readonly targets: readonly SearchTarget[];
  keepAliveMs: number;
  expiresMs: number;
}

/** Points in time open at once, as `search.max_open_scroll_context` bounds the likes of them. */
const maxOpen = 500;

/** Snapshots that were asked to stay. */
export class PointsInTime {
  readonly #now: () => number;
  readonly #open = new Map<string, PointInTime>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** @returns the id by which it is found again. */
  open(targets: readonly SearchTarget[], keepAliveMs: number): string {
    this.#forgetExpired();
    if (this.#open.size >= maxOpen) throw tooMany();
    const id = `${newUuid()}${newUuid()}`;
    this.#open.set(id, { targets, keepAliveMs, expiresMs: this.#now() + keepAliveMs });
    return id;
  }

  /** @throws {StoreError} 404 when it was closed or has expired. */
  use(id: string, keepAliveMs: number | undefined): readonly SearchTarget[] {
    this.#forgetExpired();
    const pit = this.#open.get(id);
    if (!pit) throw missing(id);
    pit.keepAliveMs = keepAliveMs ?? pit.keepAliveMs;
    pit.expiresMs = this.#now() + pit.keepAliveMs;
    return pit.targets;
  }

  /** @returns whether it was open. */
  close(id: string): boolean {
    return this.#open.delete(id);
  }

  #forgetExpired(): void {
    const nowMs = this.#now();
    for (const [id, { expiresMs }] of this.#open) if (expiresMs < nowMs) this.#open.delete(id);
  }
}

const tooMany = (): StoreError =>
  new StoreError(429, {
    type: "too_many_scroll_contexts_exception",
    reason: `Trying to open too many points in time. Must be less than or equal to: [${maxOpen}]. Close some, or wait for them to expire.`,
  });

function missing(id: string): StoreError {
  const cause = {
    type: "search_context_missing_exception",
    reason: `No search context found for id [${id.slice(0, 22)}]`,
  };
  return new StoreError(404, cause);
}
