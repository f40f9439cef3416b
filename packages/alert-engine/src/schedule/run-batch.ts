import { type AlertStore, StoreError } from "@mozdef/alert-store";
import type { Clock } from "../clock.ts";
import type { EngineObserver } from "../engine-observer.ts";
import { runDocument, runOf } from "../ledger/run-record.ts";
import { type RunOptions, runAlerts, type RunResult } from "../run/run-alerts.ts";
import type { Batch } from "./plan-batches.ts";
import { progressDocument } from "./schedule-settings.ts";
import { advance, postpone, type ScheduledAlert } from "./scheduled-alert.ts";

/** What running alerts needs beside the alerts. */
export interface RunEnvironment {
  readonly store: AlertStore;
  readonly clock: Clock;
  /** Default: nobody is told. */
  readonly observer?: EngineObserver;
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
  const { store, clock, observer, surroundings, runMs, signal } = environment;
  const started = performance.now();
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
  for (const [index, state] of states.entries()) note(environment, state, results[index]);
  observer?.onTick?.({
    slot,
    results,
    durationMs: performance.now() - started,
    lagMs: Math.max(0, clock.now().getTime() - slot.getTime()),
  });
  return results;
};

const note = ({ observer, clock }: RunEnvironment, state: ScheduledAlert, result: RunResult | undefined): void => {
  if (result === undefined) return;
  observer?.onRun?.(result);
  state.lastRun = runOf(result);
  state.runs += 1;
  state.slow = result.durationMs > SLOW_MS;
  if (isDone(result)) advance(state, result.slot);
  else postpone(state, clock.now());
};

/** A mistake in an alert will not go away by trying again; a store that is away will come back. */
const isDone = ({ errors }: RunResult): boolean =>
  !errors.some((error) => error instanceof StoreError && error.retryable);
