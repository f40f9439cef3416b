import {
  alertsOfDispatches,
  type AlertStore,
  type DispatchChange,
  type DispatchContent,
  dueDispatches,
  recordDispatch,
  type StoredDispatch,
} from "@mozdef/alert-store";
import type { AlertAction, AlertMessage } from "@mozdef/alert/runtime";
import type { Clock } from "../clock.ts";
import type { EngineObserver } from "../engine-observer.ts";
import type { AlertServices } from "../host/alert-context.ts";
import { attemptDelivery, type Outcome } from "./attempt.ts";
import { changeBy, waitMs } from "./backoff.ts";

export interface LaneOptions {
  readonly store: AlertStore;
  readonly clock: Clock;
  readonly target: string;
  readonly action: AlertAction;
  readonly services: Pick<AlertServices, "log" | "fetch">;
  readonly observer?: EngineObserver | undefined;
  readonly signal: AbortSignal;
  /** Whether this instance sends to the target. */
  readonly isMine: () => boolean;
}

/** How a target is at present. */
export interface TargetState {
  readonly target: string;
  /** Attempts in a row that failed for now. */
  readonly failures: number;
  /** What the last attempt failed with; null when it did not. */
  readonly error: string | null;
}

/** Sent to a target at once. */
const AT_ONCE = 4;
const PAGE = 100;

/** What waits for one target. A target that fails is tried with one alert at a time, ever more seldom, and delays no other. */
export class TargetLane {
  readonly #options: LaneOptions;
  /** What came of attempts and could not be recorded yet: those are not made again. */
  readonly #unrecorded = new Map<string, DispatchChange>();
  #failures = 0;
  #error: string | null = null;
  #notBefore = 0;

  constructor(options: LaneOptions) {
    this.#options = options;
  }

  get state(): TargetState {
    return { target: this.#options.target, failures: this.#failures, error: this.#error };
  }

  /**
   * Sends what is due, until nothing is.
   *
   * @returns when to come again; null when nothing waits.
   * @throws {StoreError} when the store does not answer.
   */
  async work(): Promise<Date | null> {
    const { store, clock, target, signal } = this.#options;
    for (;;) {
      const now = clock.now();
      if (this.#notBefore > now.getTime()) return new Date(this.#notBefore);
      const size = this.#failures > 0 ? 1 : PAGE;
      const { due, next } = await dueDispatches(store, target, { now, size });
      if (due.length === 0 || signal.aborted || !this.#options.isMine()) return next;
      await this.#sendAll(due);
    }
  }

  async #sendAll(due: readonly StoredDispatch[]): Promise<void> {
    const { signal, isMine } = this.#options;
    for (let start = 0; start < due.length && !signal.aborted && isMine(); start += AT_ONCE) {
      const part = due.slice(start, start + AT_ONCE);
      // Only those that are sent now: an alert may be as large as the events in it.
      const alerts = await alertsOfDispatches(this.#options.store, part);
      const settled = await Promise.allSettled(part.map((one, index) => this.#sendOne(one, alerts[index])));
      for (const one of settled) if (one.status === "rejected") throw one.reason;
      if (this.#failures > 0) return;
    }
  }

  /** What another instance has sent while this one was paused is not sent again. */
  async #sendOne(dispatch: StoredDispatch, content: DispatchContent | undefined): Promise<void> {
    const { store, clock, signal } = this.#options;
    if (content?.isCurrent === false) {
      this.#unrecorded.delete(dispatch.id);
      return;
    }
    const message = content?.alert ?? null;
    const known = this.#unrecorded.get(dispatch.id);
    const change = known ?? changeBy(dispatch, await this.#attempt(dispatch, message), clock.now());
    if (signal.aborted && change.status !== "done") return;
    this.#unrecorded.set(dispatch.id, change);
    await recordDispatch(store, dispatch, change);
    this.#unrecorded.delete(dispatch.id);
  }

  async #attempt(dispatch: StoredDispatch, message: AlertMessage | null): Promise<Outcome> {
    const { target, observer, signal } = this.#options;
    const started = performance.now();
    const outcome = await this.#outcome(dispatch, message);
    // What ends since the service stops says nothing about the target.
    if (signal.aborted && outcome.kind !== "sent") return outcome;
    this.#note(outcome);
    const attempt = dispatch.attempts + 1;
    observer?.onDelivery?.({ target, dispatch, attempt, outcome, durationMs: performance.now() - started });
    return outcome;
  }

  async #outcome(dispatch: StoredDispatch, message: AlertMessage | null): Promise<Outcome> {
    if (message === null) return { kind: "refused", error: "The alert to be sent is no longer in the store." };
    return attemptDelivery({ ...this.#options, message, key: dispatch.id, attempt: dispatch.attempts + 1 });
  }

  #note(outcome: Outcome): void {
    if (outcome.kind !== "retry") {
      this.#failures = 0;
      this.#notBefore = 0;
      this.#error = outcome.kind === "sent" ? null : outcome.error;
      return;
    }
    this.#failures += 1;
    this.#error = outcome.error;
    this.#notBefore = this.#options.clock.now().getTime() + waitMs(this.#failures, outcome.afterMs);
  }
}
