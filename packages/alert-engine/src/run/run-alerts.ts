import type { AlertTask } from "@mozdef/alert";
import {
  AlertError,
  type AlertMessage,
  type AlertPlugin,
  applyPlugins,
  evaluate,
  type NewAlert,
  type PlannedSearch,
  runMain,
} from "@mozdef/alert/runtime";
import {
  alertIndex,
  type AlertStore,
  commitAlerts,
  type CommitOutcome,
  type Committed,
  find,
  type Found,
  type StateDocument,
  StoreError,
  storeError,
} from "@mozdef/alert-store";
import { type OpenContext, openContext, type Surroundings } from "./alert-context.ts";
import { withDeadline } from "./deadline.ts";

/** What became of one run of one alert. */
export interface RunResult {
  /** The class name of the alert. */
  readonly alert: string;
  readonly slot: Date;
  readonly health: "ok" | "error";
  /** The first of {@link errors}; null when there is none. */
  readonly error: AlertError | StoreError | null;
  /** What failed: `main`, a search, single events or groups, plugins, or storing. The rest went on. */
  readonly errors: readonly (AlertError | StoreError)[];
  /** Events that the searches matched, those of groups below the threshold among them. */
  readonly hits: number;
  /** Alerts as stored. */
  readonly alerts: readonly AlertMessage[];
  /** From the start of the batch to the end of this alert's evaluation. */
  readonly durationMs: number;
}

export interface RunOptions extends Surroundings {
  /** The schedule slot: `now` of every alert of the batch. */
  readonly now: Date;
  readonly plugins?: readonly AlertPlugin[];
  /** Time for `main` and for the hooks of one alert, each. Default 30,000. */
  readonly timeoutMs?: number;
  /** Stops all of them. */
  readonly signal?: AbortSignal;
  /** Documents to store at the very end, in the same request as the last of the commit. */
  readonly record?: (results: readonly RunResult[]) => readonly StateDocument[];
  /** Evaluate only: store nothing. Results then hold the alerts as they would be stored. Default false. */
  readonly dryRun?: boolean;
  /** Changes what `main` returned: for tools that test queries. */
  readonly rewrite?: (searches: readonly PlannedSearch[], task: AlertTask<unknown>) => readonly PlannedSearch[];
}

const DEFAULT_TIMEOUT_MS = 30_000;

/**
 * Runs alerts that are due at the same slot: `main` of each, one batched search, the hooks, plugins, one commit.
 *
 * Never throws for what an alert, an event or the store does wrong; that is in the results. A failed search is an error
 * of its run, never "no events".
 */
export const runAlerts = async (
  store: AlertStore,
  tasks: readonly AlertTask<unknown>[],
  options: RunOptions,
): Promise<readonly RunResult[]> => {
  const started = performance.now();
  const runs = await Promise.all(tasks.map((task) => openRun(store, task, options)));
  const searches = runs.flatMap(({ planned }) => planned);
  const found = await findAll(store, searches, options.now);
  let next = 0;
  for (const run of runs) run.found = run.planned.map(() => found[next++] ?? unanswered());
  await Promise.all(runs.map((run) => evaluateRun(run, options, started)));
  return options.dryRun === true
    ? runs.map((run) => resultOf(run, options.now, messagesOf(run)))
    : commit(store, runs, options);
};

/** A run on its way: each stage fills in its part. */
interface Run {
  readonly task: AlertTask<unknown>;
  readonly open: OpenContext;
  readonly deadline: AbortController;
  readonly errors: (AlertError | StoreError)[];
  planned: readonly PlannedSearch[];
  found: readonly (Found | StoreError)[];
  alerts: readonly NewAlert[];
  dropped: readonly NewAlert[];
  durationMs: number;
  /** `main`, a search or time failed: what the alert wanted to keep may rest on less than it asked for. */
  incomplete: boolean;
}

const openRun = async (store: AlertStore, task: AlertTask<unknown>, options: RunOptions): Promise<Run> => {
  const deadline = new AbortController();
  const signal = options.signal === undefined ? deadline.signal : AbortSignal.any([deadline.signal, options.signal]);
  const errors: Run["errors"] = [];
  const report = (problem: string): void => {
    errors.push(new AlertError("ALERT_REPORTED", `${task.name}: ${problem}`));
  };
  const open = openContext(store, options, { now: options.now, signal, report });
  const run: Run = {
    task,
    open,
    deadline,
    errors,
    planned: [],
    found: [],
    alerts: [],
    dropped: [],
    durationMs: 0,
    incomplete: false,
  };
  await guarded(run, options, "main", async () => {
    const planned = await runMain(task, open.context);
    run.planned = options.rewrite?.(planned, task) ?? planned;
  });
  return run;
};

/** Runs code of an alert: in time, and with every failure in the run's errors. */
const guarded = async (run: Run, options: RunOptions, stage: string, work: () => Promise<void>): Promise<void> => {
  try {
    const what = `${run.task.name} (${stage})`;
    await withDeadline(what, options.timeoutMs ?? DEFAULT_TIMEOUT_MS, run.deadline, work);
  } catch (cause) {
    run.errors.push(errorOf(run, cause));
    run.incomplete = true;
  }
};

const errorOf = (run: Run, cause: unknown): AlertError | StoreError =>
  cause instanceof AlertError || cause instanceof StoreError
    ? cause
    : new AlertError(
        "ALERT_FAILED",
        `${run.task.name} failed: ${cause instanceof Error ? cause.message : String(cause)}`,
        { cause },
      );

const unanswered = (): StoreError => new StoreError("STORE_SEARCH_FAILED", "The search was not answered.");

/** When the store is away, every search has failed. */
const findAll = async (
  store: AlertStore,
  searches: readonly PlannedSearch[],
  now: Date,
): Promise<readonly (Found | StoreError)[]> => {
  try {
    return await find(store, searches, { now });
  } catch (cause) {
    const error = storeError("Cannot search", cause);
    return searches.map(() => error);
  }
};

const evaluateRun = async (run: Run, options: RunOptions, started: number): Promise<void> => {
  const answered = run.planned.flatMap((planned, index) => {
    const found = run.found[index];
    if (found instanceof StoreError) {
      run.errors.push(found);
      run.incomplete = true;
    }
    return found === undefined || found instanceof StoreError ? [] : [{ planned, result: found.result }];
  });
  await guarded(run, options, "hooks", async () => {
    const { alerts, errors } = await evaluate(run.task, answered, run.open.context, alertIndex(options.now));
    run.errors.push(...errors);
    await plugInto(run, alerts, options.plugins ?? []);
  });
  run.durationMs = performance.now() - started;
};

const plugInto = async (run: Run, alerts: readonly NewAlert[], plugins: readonly AlertPlugin[]): Promise<void> => {
  const [kept, dropped]: [NewAlert[], NewAlert[]] = [[], []];
  for (const made of alerts) {
    const { alert, covers } = made;
    const isForPlugins = plugins.length > 0 && covers.length > 0;
    const { alert: document, errors } = isForPlugins
      ? await applyPlugins(alert._source, plugins, run.open.context)
      : { alert: alert._source, errors: [] };
    run.errors.push(...errors);
    if (document === null) dropped.push(made);
    else kept.push({ alert: { ...alert, _source: document }, covers });
  }
  run.alerts = kept;
  run.dropped = dropped;
};

const commit = async (store: AlertStore, runs: readonly Run[], options: RunOptions): Promise<readonly RunResult[]> => {
  const results = ({ alerts, unmarked }: CommitOutcome): readonly RunResult[] => {
    let next = 0;
    return runs.map((run) =>
      resultOf(run, options.now, [
        ...run.alerts.map(() => alerts[next++] ?? unanswered()),
        ...unmarked.filter(({ name }) => isOf(run, name)).map(({ error }) => error),
      ]),
    );
  };
  try {
    const committed = await commitAlerts(
      store,
      {
        alerts: runs.flatMap((run) => run.alerts.map((alert) => ({ ...alert, keeps: stateOf(run) }))),
        dropped: runs.flatMap(({ dropped }) => dropped),
        state: runs.flatMap(stateOf),
      },
      (done) => options.record?.(results(done)) ?? [],
    );
    return results(committed);
  } catch (cause) {
    const error = storeError("Cannot store the alerts of a run", cause);
    return runs.map((run) => resultOf(run, options.now, [error]));
  }
};

const isOf = ({ alerts, dropped }: Run, name: string): boolean =>
  [...alerts, ...dropped].some(({ alert }) => alert._source.classname === name);

const stateOf = ({ open, incomplete }: Run): readonly StateDocument[] => (incomplete ? [] : open.state());

const messagesOf = ({ alerts }: Run): readonly AlertMessage[] => alerts.map(({ alert }) => alert);

const resultOf = (run: Run, slot: Date, outcome: Committed): RunResult => {
  const errors = [...run.errors, ...outcome.filter((one) => one instanceof StoreError)];
  return {
    alert: run.task.name,
    slot,
    health: errors.length === 0 ? "ok" : "error",
    error: errors[0] ?? null,
    errors,
    hits: run.found.reduce((sum, found) => sum + (found instanceof StoreError ? 0 : found.hits), 0),
    alerts: outcome.filter((one): one is AlertMessage => !(one instanceof StoreError)),
    durationMs: run.durationMs,
  };
};
