import { type AlertStore, type RunOptions, runAlerts, type RunResult, StoreError } from "@mozdef/alert-store";
import type { Clock } from "../clock.ts";
import type { Metrics } from "../http/metrics.ts";
import { runDocument, runOf } from "../runs/run-record.ts";
import { advance, type AlertState, postpone } from "./alert-state.ts";
import type { Batch } from "./plan-batches.ts";
import { progressDocument } from "./schedule-settings.ts";

/** What running alerts needs beside the alerts. */
export interface RunEnvironment {
  readonly store: AlertStore;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly surroundings: Pick<RunOptions, "log" | "dns" | "fetch" | "plugins">;
  readonly runMs: number;
  /** Aborted when the service cannot wait any longer. */
  readonly signal: AbortSignal;
}

/** An alert that takes longer than this is slow: see `lanesOf`. */
const SLOW_MS = 1_000;

/**
 * Runs a batch and notes how far each alert has come, in the store and in its state. An alert on which the store failed
 * stays at its slot and runs again later: ids follow from events, so what did get through is not stored twice.
 *
 * @param progress - The slots of all alerts of the service.
 */
export const runBatch = async (
  environment: RunEnvironment,
  { slot, states }: Batch,
  progress: () => ReadonlyMap<string, Date>,
): Promise<readonly RunResult[]> => {
  const { store, clock, metrics, surroundings, runMs, signal } = environment;
  const stopTimer = metrics.runSeconds.startTimer();
  const results = await runAlerts(
    store,
    states.map(({ alert }) => alert.task),
    {
      ...surroundings,
      now: slot,
      timeoutMs: runMs,
      signal,
      record: (done) => [
        runDocument(
          done.map((result) => runOf(result)),
          slot,
        ),
        progressDocument(new Map([...progress(), ...done.filter(isDone).map(({ alert }) => [alert, slot] as const)])),
      ],
    },
  );
  stopTimer();
  metrics.lagSeconds.set(Math.max(0, (clock.now().getTime() - slot.getTime()) / 1_000));
  for (const [index, state] of states.entries()) note(environment, state, results[index]);
  return results;
};

const note = ({ metrics, clock }: RunEnvironment, state: AlertState, result: RunResult | undefined): void => {
  if (result === undefined) return;
  countRun(metrics, result);
  state.lastRun = runOf(result);
  state.runs += 1;
  state.slow = result.durationMs > SLOW_MS;
  if (isDone(result)) advance(state, result.slot);
  else postpone(state, clock.now());
};

export const countRun = (metrics: Metrics, { alert, health, alerts }: RunResult): void => {
  metrics.runs.inc({ alert, health });
  if (alerts.length > 0) metrics.alerts.inc({ alert }, alerts.length);
};

/** A mistake in an alert will not go away by trying again; a store that is away will come back. */
const isDone = ({ errors }: RunResult): boolean =>
  !errors.some((error) => error instanceof StoreError && error.retryable);
