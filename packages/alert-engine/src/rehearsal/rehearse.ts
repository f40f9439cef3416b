import type { AlertMessage } from "@mozdef/alert/runtime";
import { type AlertStore, storeOn } from "@mozdef/alert-store";
import type { AlertHost, TaskRef } from "../host/alert-host.ts";
import { brake } from "../run/brake.ts";
import { evaluateAnswers } from "../run/evaluate-answers.ts";
import { findEvents } from "../run/find-events.ts";
import { plan } from "../run/plan.ts";
import { quieten } from "../run/quieten.ts";
import type { RunResult } from "../run/run-result.ts";
import type { EvaluatedRun } from "../run/run-values.ts";
import { isOfPastDay } from "../schedule/run-batch.ts";
import { RehearsedPast } from "./rehearsed-past.ts";
import { withoutMarks } from "../run/without-marks.ts";

export interface RehearsalOptions {
  /** Of the past, oldest first. */
  readonly slots: readonly Date[];
  /** The present. */
  readonly now: Date;
  /** Milliseconds for `main` and for the hooks, each. */
  readonly timeoutMs: number;
  /** How many alerts a run may make under one name. */
  readonly mostAlerts: number;
  readonly signal?: AbortSignal | undefined;
}

/** What one slot would have come to. */
export interface RehearsedSlot {
  readonly slot: Date;
  /** As they would be stored. */
  readonly alerts: readonly AlertMessage[];
  /** What would have been added to alerts before, in their quiet time. */
  readonly added: number;
  readonly errors: RunResult["errors"];
  /** Whether the alert wanted to keep something for its next run. In a rehearsal nothing is kept. */
  readonly keeps: boolean;
}

/**
 * Runs an alert at slots of the past and stores nothing: its code where it always runs, over the events as they are in the store now, as if
 * it had not alerted before. What it covers, and whom it speaks for, is remembered for as long as that lasts. Plugins are left out, and no
 * alert is over before its quiet time is.
 */
export async function* rehearse(
  store: AlertStore,
  host: AlertHost,
  task: TaskRef,
  { slots, now, ...options }: RehearsalOptions,
): AsyncGenerator<RehearsedSlot, void, void> {
  const past = new RehearsedPast();
  for (const slot of slots) {
    const isPast = isOfPastDay(slot, now);
    const run = await runAt(isPast ? storeOn(store, slot) : store, host, task, { ...options, past, slot, isPast });
    past.take(run);
    yield {
      slot,
      alerts: run.alerts.map(({ alert }) => alert),
      added: run.added.length,
      errors: run.errors,
      keeps: run.kept.length > 0,
    };
  }
}

interface SlotOptions extends Omit<RehearsalOptions, "slots" | "now"> {
  readonly past: RehearsedPast;
  readonly slot: Date;
  readonly isPast: boolean;
}

const runAt = async (
  store: AlertStore,
  host: AlertHost,
  task: TaskRef,
  { past, slot, isPast, timeoutMs, mostAlerts, signal }: SlotOptions,
): Promise<EvaluatedRun> => {
  const scope = { now: slot, isPast, timeoutMs, signal };
  const planned = await plan(host, [task], scope, withoutMarks);
  const found = await findEvents(store, host, planned, { ...scope, covered: past.covered });
  const evaluated = await evaluateAnswers(host, found, scope);
  const quiet = await quieten(store, evaluated, slot, past.newestOf);
  const [run] = brake(quiet, { now: slot, mostAlerts });
  if (run === undefined) throw new Error(`${task.name} was run and has no result.`);
  return run;
};
