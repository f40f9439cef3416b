import type { AnsweredSearch, NewAlert, PlannedSearch } from "@mozdef/alert/runtime";
import type { Addition, KnownMarks, Resolution } from "@mozdef/alert-store";
import type { StageOutcome, TaskRef } from "../host/alert-host.ts";

/** A run whose `main` has said what to look for. */
export interface PlannedRun extends StageOutcome {
  readonly task: TaskRef;
  readonly searches: readonly PlannedSearch[];
}

/** For how long the alerts of a name must not be found until they are over, in milliseconds; none for names whose alerts people close. */
export type Endings = ReadonlyMap<string, number>;

/** A run whose searches are answered. */
export interface FoundRun extends StageOutcome {
  readonly task: TaskRef;
  /** Of the searches that did not fail. */
  readonly answered: readonly AnsweredSearch[];
  readonly hits: number;
  /** Of the duration: what the searches of all alerts took together. */
  readonly searchMs: number;
  /** What is known of the events that were found. */
  readonly marks: readonly KnownMarks[];
  readonly endings: Endings;
}

/** A run whose alerts are made. */
export interface EvaluatedRun extends StageOutcome {
  readonly task: TaskRef;
  readonly hits: number;
  readonly searchMs: number;
  readonly alerts: readonly NewAlert[];
  /** Alerts that a plugin dropped: not stored, but their events count as alerted. */
  readonly dropped: readonly NewAlert[];
  /** What is added to alerts of earlier runs, in their quiet time. */
  readonly added: readonly Addition[];
  /** Alerts of earlier runs whose condition has ended. */
  readonly resolved: readonly Resolution[];
  readonly marks: readonly KnownMarks[];
  readonly endings: Endings;
}

/** A run so far, with what its next stage adds. */
export const joined = (before: StageOutcome, next: StageOutcome): StageOutcome => ({
  errors: [...before.errors, ...next.errors],
  warnings: [...before.warnings, ...next.warnings],
  kept: next.kept,
  isComplete: before.isComplete && next.isComplete,
  durationMs: before.durationMs + next.durationMs,
});
