import type { RunResult } from "@mozdef/alert-engine";
import { StoreError } from "@mozdef/alert-store";
import type { FastifyBaseLogger } from "fastify";

/** For so long without a failure, a store that was away has been there in between, in milliseconds. */
const AWAY_MS = 60_000;

/** Under which what is no alert's failure is known. */
const SERVICE = "";

/** A store that does not answer fails everything that is tried, at each slot and for each alert: it is said once. */
export class StoreAbsence {
  readonly #log: FastifyBaseLogger;
  readonly #last = new Map<string, number>();

  constructor(log: FastifyBaseLogger) {
    this.#log = log;
  }

  /** @returns whether the service failed since its store does not answer; that is in the log then. */
  takes(error: unknown, what: string): boolean {
    if (!isAway(error)) return false;
    if (this.#isKnown(SERVICE)) this.#log.debug({ reason: error.message }, what);
    else this.#log.error({ err: error }, `${what}: the store does not answer. That is said once until it does`);
    return true;
  }

  /** @returns whether alerts that ran together failed for this before: one store, or the one of their source, does not answer. */
  isSaid(error: unknown): boolean {
    return isAway(error) && this.#isKnown(error.message);
  }

  /** Alerts that were run tell that the store is there again. */
  lookAt(results: readonly RunResult[]): void {
    if (results.some(({ health }) => health === "ok") && this.#last.delete(SERVICE))
      this.#log.info("the store answers: alerts run again");
  }

  #isKnown(failure: string): boolean {
    const now = performance.now();
    for (const [known, last] of this.#last) if (now - last > AWAY_MS) this.#last.delete(known);
    const isKnown = this.#last.has(failure);
    this.#last.set(failure, now);
    return isKnown;
  }
}

const isAway = (error: unknown): error is StoreError =>
  error instanceof StoreError && error.code === "STORE_UNAVAILABLE";
