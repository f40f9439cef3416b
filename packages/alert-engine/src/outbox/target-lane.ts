import {
  type AlertStore,
  changeDispatches,
  type DispatchChange,
  dueDispatches,
  type StoredDispatch,
} from "@mozdef/alert-store";
import type { AlertAction } from "@mozdef/alert/runtime";
import type { Clock } from "../clock.ts";
import type { EngineObserver } from "../engine-observer.ts";
import type { AlertServices } from "../host/alert-context.ts";
import type { Mutes } from "../routing/mutes.ts";
import type { RouteOptions } from "../routing/route.ts";
import { attemptDelivery, type LinksOf, type Outcome } from "./attempt.ts";
import { changeBy, waitMs } from "./backoff.ts";
import { openParcel, type OpenedParcel } from "./open-parcel.ts";
import { packParcels } from "./pack-parcels.ts";
import type { Parcel } from "./parcel.ts";
import { screenNotice } from "./screen-notice.ts";
import { isNotice, screen } from "./screen.ts";
import { SentTimes } from "./sent-times.ts";

export interface LaneOptions {
  readonly store: AlertStore;
  readonly clock: Clock;
  readonly target: string;
  readonly action: AlertAction;
  readonly services: Pick<AlertServices, "log" | "fetch">;
  readonly observer?: EngineObserver | undefined;
  readonly links?: LinksOf | undefined;
  readonly signal: AbortSignal;
  readonly mutes: Mutes;
  /** Of the route of a dispatch. */
  readonly optionsOf: (route: string | undefined) => RouteOptions;
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

/**
 * What waits for one target, on its way through the stages: mute, limit, group, wait, send, note. A target that fails is tried with one
 * message at a time, ever more seldom, and delays no other.
 */
export class TargetLane {
  readonly #options: LaneOptions;
  readonly #sent: SentTimes;
  /** What came of attempts and could not be recorded yet: those are not made again. */
  readonly #unrecorded = new Map<string, DispatchChange>();
  #failures = 0;
  #error: string | null = null;
  #notBefore = 0;

  constructor(options: LaneOptions) {
    this.#options = options;
    this.#sent = new SentTimes(options.store, options.target);
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
      await this.#sendAll(await this.#parcels(due, now));
    }
  }

  /** What is left to be sent of what is due, as messages. */
  async #parcels(due: readonly StoredDispatch[], now: Date): Promise<readonly Parcel[]> {
    const { store, target, mutes, optionsOf } = this.#options;
    const open = await this.#withoutSent(due);
    const { passed, changes } = await screen(open, { store, mutes, optionsOf, now });
    const ready: StoredDispatch[] = [];
    const all = [...changes];
    for (const dispatch of passed) {
      const change = isNotice(dispatch) ? await screenNotice(store, dispatch, now) : null;
      if (change === null) ready.push(dispatch);
      else all.push([dispatch, change]);
    }
    await changeDispatches(store, all);
    return packParcels(ready, { store, target, now, optionsOf, sent: this.#sent });
  }

  /** What the target has, and what could not be recorded then, is recorded now. */
  async #withoutSent(due: readonly StoredDispatch[]): Promise<readonly StoredDispatch[]> {
    const known = due.flatMap((dispatch): (readonly [StoredDispatch, DispatchChange])[] => {
      const change = this.#unrecorded.get(dispatch.id);
      return change === undefined ? [] : [[dispatch, change]];
    });
    await this.#record(known);
    const recorded = new Set(known.map(([dispatch]) => dispatch));
    return due.filter((dispatch) => !recorded.has(dispatch));
  }

  async #sendAll(parcels: readonly Parcel[]): Promise<void> {
    const { signal, isMine } = this.#options;
    for (let start = 0; start < parcels.length && !signal.aborted && isMine(); start += AT_ONCE) {
      // Only those that are sent now are in memory, and only one to a target that may be down.
      const part = parcels.slice(start, start + AT_ONCE);
      const settled = await Promise.allSettled(part.map((parcel) => this.#send(parcel)));
      for (const one of settled) if (one.status === "rejected") throw one.reason;
      if (this.#failures > 0) return;
    }
  }

  /** What another instance has sent while this one was paused is not sent again. */
  async #send(parcel: Parcel): Promise<void> {
    const { store, clock, signal } = this.#options;
    const opened = await openParcel(store, parcel);
    if (!opened.isCurrent) return;
    const outcome = await this.#attempt(parcel, opened);
    if (signal.aborted && outcome.kind !== "sent") return;
    const now = clock.now();
    const changes = parcel.dispatches.map((dispatch) => [dispatch, changeBy(dispatch, outcome, parcel, now)] as const);
    const [{ groupid }] = parcel.dispatches;
    if (outcome.kind === "sent" && groupid !== undefined) this.#sent.note(groupid, now);
    await this.#record(changes);
  }

  async #record(changes: readonly (readonly [StoredDispatch, DispatchChange])[]): Promise<void> {
    for (const [{ id }, change] of changes) this.#unrecorded.set(id, change);
    await changeDispatches(this.#options.store, changes);
    for (const [{ id }] of changes) this.#unrecorded.delete(id);
  }

  async #attempt(parcel: Parcel, opened: OpenedParcel): Promise<Outcome> {
    const { target, observer, signal } = this.#options;
    const started = performance.now();
    const outcome = await this.#outcome(parcel, opened);
    // What ends since the service stops says nothing about the target.
    if (signal.aborted && outcome.kind !== "sent") return outcome;
    this.#note(outcome);
    const [dispatch] = parcel.dispatches;
    const attempt = dispatch.attempts + 1;
    observer?.onDelivery?.({ target, dispatch, attempt, outcome, durationMs: performance.now() - started });
    return outcome;
  }

  async #outcome({ dispatches: [first], key }: Parcel, { message, alerts }: OpenedParcel): Promise<Outcome> {
    if (message === null) return { kind: "refused", error: "The alert to be sent is no longer in the store." };
    const { notice: event = "trigger", by = null, groupid: group = null, attempts } = first;
    return attemptDelivery({ ...this.#options, message, alerts, key, event, by, group, attempt: attempts + 1 });
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
