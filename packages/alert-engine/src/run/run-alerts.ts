import type { AlertTask } from "@mozdef/alert";
import type { AlertPlugin, Sources } from "@mozdef/alert/runtime";
import { type AlertStore, storeOn, type UnmarkedEvents } from "@mozdef/alert-store";
import type { AlertServices } from "../host/alert-context.ts";
import type { AlertHost, TaskRef } from "../host/alert-host.ts";
import { inProcessHost } from "../host/in-process-host.ts";
import type { Router } from "../routing/router.ts";
import { brake } from "./brake.ts";
import { commit, type RecordRuns, withoutCommit } from "./commit.ts";
import { enrich } from "./enrich.ts";
import { evaluateAnswers } from "./evaluate-answers.ts";
import { findEvents } from "./find-events.ts";
import { plan, type Rewrite } from "./plan.ts";
import { quieten } from "./quieten.ts";
import { resolve } from "./resolve.ts";
import type { RunResult } from "./run-result.ts";
import { oneAhead } from "./one-ahead.ts";
import type { EvaluatedRun, PlannedRun } from "./run-values.ts";

/** How alerts are run. */
export interface RunOptions extends AlertServices {
  /** The schedule slot: `now` of every alert of the batch. */
  readonly now: Date;
  /** Whether the slot is of a day before today: then events are looked for in the indices of that day. Default false. */
  readonly isPast?: boolean;
  readonly plugins?: readonly AlertPlugin[];
  /** Says where alerts go once they are stored, see `createOutbox`. Default: nowhere. */
  readonly router?: Router | undefined;
  /** Sources of events by their names. Default: none. */
  readonly sources?: Sources | undefined;
  /** Time for `main`, for the hooks and for the plugins of one alert, each. Default 30,000. */
  readonly timeoutMs?: number;
  /** How many alerts a run may make under one name; one more stands for all beyond, see `brake`. Default 1,000. */
  readonly mostAlerts?: number;
  /** Stops all of them. */
  readonly signal?: AbortSignal;
  /** What is kept of the runs. Default: nothing of those that want nothing stored. */
  readonly record?: RecordRuns;
  /** The alerts whose run belongs to the slot, so that nobody else decides about it again. Default: none. */
  readonly scheduled?: ReadonlySet<string>;
  /** Evaluate only: store nothing. Results then hold the alerts as they would be stored. Default false. */
  readonly dryRun?: boolean;
  readonly rewrite?: Rewrite;
  /** Told of events that could not be marked. Default: nobody. */
  readonly onUnmarked?: (unmarked: readonly UnmarkedEvents[]) => void;
}

/** Alerts whose searches and answers are in memory together: with those of thousands, the time goes to collecting garbage. */
const PIECE = 500;

/** Of the first piece: while it is planned, there is nothing to search for. */
const FIRST_PIECE = 100;

const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_MOST_ALERTS = 1_000;

/**
 * Runs alerts that are due at the same slot: `main` of each, one batched search, the hooks, the quiet time, what
 * is over, plugins, one commit.
 *
 * Never throws for what an alert, an event or the store does wrong; that is in the results. A failed search is an error
 * of its run, never "no events".
 *
 * @param options.source - The source of events that these alerts are given. Default: the service's own events.
 */
export const runAlerts = (
  store: AlertStore,
  tasks: readonly AlertTask<unknown>[],
  options: RunOptions & { readonly source?: string | undefined },
): Promise<readonly RunResult[]> => {
  const byId = new Map(tasks.map((task, index) => [String(index), task]));
  const host = inProcessHost({ store, services: options, sources: options.sources, tasks: byId });
  return runHosted(
    store,
    host,
    [...byId].map(([id, { name }]) => ({ id, name, source: options.source })),
    options,
  );
};

const piecesOf = (tasks: readonly TaskRef[]): readonly (readonly TaskRef[])[] => {
  if (tasks.length <= PIECE) return tasks.length === 0 ? [] : [tasks];
  const rest = tasks.slice(FIRST_PIECE);
  return [
    tasks.slice(0, FIRST_PIECE),
    ...Array.from({ length: Math.ceil(rest.length / PIECE) }, (_, index) =>
      rest.slice(index * PIECE, (index + 1) * PIECE),
    ),
  ];
};

/** {@link runAlerts} for alerts whose code is in a host. */
export const runHosted = async (
  store: AlertStore,
  host: AlertHost,
  tasks: readonly TaskRef[],
  options: RunOptions,
): Promise<readonly RunResult[]> => {
  const {
    now,
    timeoutMs = DEFAULT_TIMEOUT_MS,
    signal,
    plugins = [],
    sources,
    record,
    scheduled,
    router,
    rewrite,
  } = options;
  const scope = { now, isPast: options.isPast, timeoutMs, signal };
  const searched = options.isPast === true ? storeOn(store, now) : store;
  // What a stage was given is not held once it is over: the events of a large group are gone before what they mean is stored.
  const evaluatePiece = async (planned: readonly PlannedRun[]) =>
    evaluateAnswers(host, await findEvents(searched, host, planned, scope), scope);
  const evaluate = async () => {
    const runs: EvaluatedRun[] = [];
    const pieces = oneAhead(piecesOf(tasks), (piece) => plan(host, piece, scope, rewrite));
    for await (const planned of pieces) runs.push(...(await evaluatePiece(planned)));
    return resolve(store, await quieten(store, runs, now), now);
  };
  const brakes = { now, mostAlerts: options.mostAlerts ?? DEFAULT_MOST_ALERTS };
  const enriched = await enrich(brake(await evaluate(), brakes), {
    ...scope,
    store,
    services: options,
    sources,
    plugins,
  });
  if (options.dryRun === true) return withoutCommit(enriched, now);
  const { results, unmarked } = await commit(store, enriched, { now, record, scheduled, router });
  if (unmarked.length > 0) options.onUnmarked?.(unmarked);
  return results;
};
