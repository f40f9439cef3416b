import type { StoredDispatch, UnmarkedEvents } from "@mozdef/alert-store";
import type { Outcome } from "./outbox/attempt.ts";
import type { LoadFailure } from "./registry/load-failure.ts";
import type { RegisteredAlert } from "./registry/registered-alert.ts";
import type { RunResult } from "./run/run-result.ts";
import type { LiveRunner } from "./runners/live-runner.ts";

/** Alerts that were due at one slot and have been run together. */
export interface FinishedTick {
  readonly slot: Date;
  readonly results: readonly RunResult[];
  readonly durationMs: number;
  /** How far behind its slot the tick ended. */
  readonly lagMs: number;
}

/** The clock is behind slots that have been run. */
export interface ClockSetBack {
  readonly at: Date;
  /** How far it was ahead of the present at least, in milliseconds. */
  readonly byMs: number;
}

/** What has become of the rules since they were read last. */
export interface ChangedRules {
  readonly before: readonly RegisteredAlert[];
  /** What has not changed is the same object as before. */
  readonly after: readonly RegisteredAlert[];
  readonly failures: readonly LoadFailure[];
}

/** One attempt to bring an alert to a target. */
export interface FinishedDelivery {
  readonly target: string;
  /** As it was before. */
  readonly dispatch: StoredDispatch;
  /** 1 for the first. */
  readonly attempt: number;
  readonly outcome: Outcome;
  readonly durationMs: number;
}

/**
 * What the engine reports while it works, for logs and metrics. Every method may be left out; none may throw, and nobody waits
 * for them.
 */
export interface EngineObserver {
  /** One alert has been run, at its slot or because somebody asked for it. */
  onRun?(result: RunResult): void;
  /** All alerts of a slot that share their searches have been run. */
  onTick?(tick: FinishedTick): void;
  /** Alerts could not be run at all and are tried again. */
  onRunFailure?(error: unknown): void;
  /** The engine could not even look for what is due, e.g. without a store, and tries again. */
  onTickFailure?(error: unknown): void;
  /** The indices of tomorrow, or the deletion of expired days, failed. Alerts go on; it is tried again. */
  onMaintenanceFailure?(error: unknown): void;
  /** Runners have come or gone, and the shards of alerts are dealt out anew. */
  onRunners?(runners: readonly LiveRunner[]): void;
  /** Events could not be marked as alerted. Nothing is lost: what an alert has covered is noted elsewhere, too. */
  onUnmarked?(unmarked: readonly UnmarkedEvents[]): void;
  /** Indices were deleted since their time is over. */
  onPruned?(indices: readonly string[]): void;
  /** Indices of the day had been deleted by somebody else, and are there again. */
  onIndicesRestored?(indices: readonly string[]): void;
  /** The clock was set back, and the alerts go on by its new time. */
  onClockSetBack?(change: ClockSetBack): void;
  /** An attempt to bring an alert to a target has ended. */
  onDelivery?(delivery: FinishedDelivery): void;
  /** It could not be looked for what is to be sent, e.g. without a store; it is tried again. */
  onOutboxFailure?(error: unknown): void;
  /** A day of events was deleted, since there was no room for new ones. */
  onRoomMade?(index: string): void;
  /** Rules were read again, and they or what is wrong with them have changed. */
  onRulesChanged?(change: ChangedRules): void;
}

/** An observer that passes everything on to others, in this order. */
export const joinObservers = (...observers: readonly EngineObserver[]): EngineObserver => ({
  onRun: (result) => observers.forEach((observer) => observer.onRun?.(result)),
  onTick: (tick) => observers.forEach((observer) => observer.onTick?.(tick)),
  onRunFailure: (error) => observers.forEach((observer) => observer.onRunFailure?.(error)),
  onTickFailure: (error) => observers.forEach((observer) => observer.onTickFailure?.(error)),
  onMaintenanceFailure: (error) => observers.forEach((observer) => observer.onMaintenanceFailure?.(error)),
  onRunners: (runners) => observers.forEach((observer) => observer.onRunners?.(runners)),
  onRulesChanged: (change) => observers.forEach((observer) => observer.onRulesChanged?.(change)),
  onClockSetBack: (change) => observers.forEach((observer) => observer.onClockSetBack?.(change)),
  onUnmarked: (unmarked) => observers.forEach((observer) => observer.onUnmarked?.(unmarked)),
  onDelivery: (delivery) => observers.forEach((observer) => observer.onDelivery?.(delivery)),
  onOutboxFailure: (error) => observers.forEach((observer) => observer.onOutboxFailure?.(error)),
  onRoomMade: (index) => observers.forEach((observer) => observer.onRoomMade?.(index)),
  onIndicesRestored: (indices) => observers.forEach((observer) => observer.onIndicesRestored?.(indices)),
  onPruned: (indices) => observers.forEach((observer) => observer.onPruned?.(indices)),
});
