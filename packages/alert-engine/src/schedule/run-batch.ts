import type { AlertPlugin, Sources } from "@mozdef/alert/runtime";
import type { AlertStore } from "@mozdef/alert-store";
import type { Clock } from "../clock.ts";
import type { EngineObserver } from "../engine-observer.ts";
import type { Limits } from "../engine-settings.ts";
import type { AlertServices } from "../host/alert-context.ts";
import type { AlertHost } from "../host/alert-host.ts";
import { recordOf, runOf } from "../ledger/run-record.ts";
import { type Exceptions, taskRefAt } from "../exceptions/exceptions.ts";
import type { RegisteredAlert } from "../registry/registered-alert.ts";
import type { Router } from "../routing/router.ts";
import { runHosted, type RunOptions } from "../run/run-alerts.ts";
import type { RunResult } from "../run/run-result.ts";
import type { Batch } from "./plan-batches.ts";
import { isFinal } from "../run/is-final.ts";
import { advance, isRepeated, postpone, type ScheduledAlert } from "./scheduled-alert.ts";

/** What running alerts needs beside the alerts. */
export interface RunEnvironment {
  readonly store: AlertStore;
  readonly clock: Clock;
  /** Default: nobody is told. */
  readonly observer?: EngineObserver;
  /** Has the code of the alerts, each under its name. */
  readonly host: AlertHost;
  /** For plugins, and for what the engine itself has to say. */
  readonly services: AlertServices;
  /** Sources of events by their names. Default: none. */
  readonly sources?: Sources | undefined;
  readonly plugins?: readonly AlertPlugin[];
  /** Where alerts go once they are stored. Default: nowhere. */
  readonly router?: Router | undefined;
  /** What people have alerts leave out, beside what the configuration says. Default: nothing. */
  readonly exceptions?: Pick<Exceptions, "of"> | undefined;
  readonly limits: Limits;
  /** Waits for events that were received until then and are not stored yet. Default: nothing is waited for. */
  readonly settle?: (until: Date) => Promise<void>;
  /** Aborted when the service cannot wait any longer. */
  readonly signal: AbortSignal;
}

/** An alert whose own code takes longer than this is slow: see `lanesOf`. No alert is slow because the store was. */
const SLOW_MS = 1_000;

/**
 * Runs a batch and notes how far each alert has come. What is decided is recorded in the store before anything follows from it; an alert on
 * which the store failed stays at its slot and runs again later.
 */
export const runBatch = async (environment: RunEnvironment, { slot, states }: Batch): Promise<readonly RunResult[]> => {
  const { clock, observer } = environment;
  const started = performance.now();
  const results = await runRegistered(
    environment,
    states.map(({ alert }) => alert),
    {
      now: slot,
      isPast: isOfPastDay(slot, clock.now()),
      record: (done) => recordOf(done),
      scheduled: new Set(states.filter((state) => !isRepeated(state, slot)).map(({ alert }) => alert.name)),
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

/** Runs alerts of the registry by the environment's host. */
export const runRegistered = (
  { store, host, services, sources, plugins = [], router, exceptions = NONE, limits, signal, observer }: RunEnvironment,
  alerts: readonly RegisteredAlert[],
  options: Pick<RunOptions, "now" | "isPast" | "record" | "scheduled">,
): Promise<readonly RunResult[]> =>
  runHosted(
    store,
    host,
    alerts.map((alert) => taskRefAt(alert, options.now, exceptions)),
    {
      ...services,
      ...options,
      plugins,
      router,
      sources,
      timeoutMs: limits.runMs,
      ...(limits.runAlerts !== undefined && { mostAlerts: limits.runAlerts }),
      signal,
      onUnmarked: (unmarked) => observer?.onUnmarked?.(unmarked),
    },
  );

const NONE: Pick<Exceptions, "of"> = { of: () => [] };

const note = ({ observer, clock }: RunEnvironment, state: ScheduledAlert, result: RunResult | undefined): void => {
  if (result === undefined) return;
  observer?.onRun?.(result);
  state.lastRun = runOf(result);
  state.runs += 1;
  state.slow = result.codeMs > SLOW_MS;
  if (isFinal(result)) advance(state, result.slot);
  else postpone(state, clock.now());
};

/** Then the indices of today are not those that it has to look at. */
export const isOfPastDay = (slot: Date, now: Date): boolean => dayOf(slot) < dayOf(now);

const dayOf = (time: Date): string => time.toISOString().slice(0, 10);
