import { finishCommits, StoreError } from "@mozdef/alert-store";
import type { RunResult } from "../run/run-result.ts";
import type { RunEnvironment } from "./run-batch.ts";

/** Between two tries to finish what could not be finished. */
const FIRST_WAIT_MS = 1_000;
const LAST_WAIT_MS = 60_000;

const MOST_REFUSED = 100;

/** Carries out what was decided and not carried out, since a process died or was paused, or the store failed. */
export class Finisher {
  readonly #options: Pick<RunEnvironment, "store" | "clock" | "services" | "observer">;
  #isDue = true;
  #waitMs = 0;
  #from = Number.NEGATIVE_INFINITY;
  /** Why something could not be finished when it was tried last. */
  #told: readonly string[] = [];
  #refused: readonly string[] = [];

  constructor(options: Pick<RunEnvironment, "store" | "clock" | "services" | "observer">) {
    this.#options = options;
  }

  /** Why decisions could not be carried out when it was tried last; they are tried again. */
  get unfinished(): readonly string[] {
    return this.#isDue ? this.#told : [];
  }

  /** Why parts of decisions are never carried out, since the start, newest first, the last hundred. */
  get refused(): readonly string[] {
    return this.#refused;
  }

  /** Something may have been left half done. */
  expect(): void {
    this.#isDue = true;
    this.#from = Number.NEGATIVE_INFINITY;
  }

  /** A commit that failed is finished before the next run. */
  expectAfter(results: readonly RunResult[]): void {
    const hasFailed = results.some(({ errors }) => errors.some((error) => error instanceof StoreError));
    if (hasFailed && !this.#isDue) this.expect();
  }

  /**
   * Due before alerts run: how far those may look is not known otherwise.
   *
   * @param shards - Of whose alerts; null: of all.
   * @throws {StoreError} when the store does not answer.
   */
  async finish(shards: ReadonlySet<number> | null): Promise<void> {
    const { store, services, observer, clock } = this.#options;
    if (!this.#isDue || clock.elapsedMs() < this.#from) return;
    const { unmarked, unfinished, refused } = await finishCommits(store, { shards, now: clock.now() });
    if (unmarked.length > 0) observer?.onUnmarked?.(unmarked);
    const messages = [...unfinished, ...refused].map(({ message }) => message);
    // It is looked at again and again, and said once.
    for (const message of messages) if (!this.#told.includes(message)) services.log.error(message);
    this.#told = messages;
    this.#refused = [...refused.map(({ message }) => message), ...this.#refused].slice(0, MOST_REFUSED);
    this.#isDue = unfinished.length > 0;
    // What fails for hours, such as an index that is blocked, is not to take a part of each second.
    this.#waitMs = this.#isDue ? Math.min(LAST_WAIT_MS, Math.max(FIRST_WAIT_MS, 2 * this.#waitMs)) : 0;
    this.#from = clock.elapsedMs() + this.#waitMs;
  }
}
