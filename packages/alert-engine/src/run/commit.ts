import type { AlertMessage, NewAlert } from "@mozdef/alert/runtime";
import {
  type AlertStore,
  commitSlot,
  type EntryRecord,
  type KnownMarks,
  type PendingAlert,
  type RecordedRun,
  type RunOutcome,
  type RunWants,
  type StateDocument,
  StoreError,
  storeError,
  type UnmarkedEvents,
} from "@mozdef/alert-store";
import type { Routed, Router } from "../routing/router.ts";
import { isFinal } from "./is-final.ts";
import type { RunResult } from "./run-result.ts";
import type { EvaluatedRun } from "./run-values.ts";

/** What is kept of runs, beside what follows from them. */
export type RecordRuns = (results: readonly RunResult[]) => EntryRecord;

/** What became of the runs of a batch. */
export interface CommittedRuns {
  readonly results: readonly RunResult[];
  /** Events that could not be marked. That stops nothing. */
  readonly unmarked: readonly UnmarkedEvents[];
}

export interface CommitOptions {
  /** The slot. */
  readonly now: Date;
  /** Default: nothing is recorded of runs that want nothing stored. */
  readonly record?: RecordRuns | undefined;
  /** The alerts whose run belongs to the slot, see `SlotCommit`. Default: none. */
  readonly scheduled?: ReadonlySet<string> | undefined;
  /** Says where alerts go. Default: nowhere. */
  readonly router?: Router | undefined;
}

/** Last stage: what was decided is recorded and carried out. */
export const commit = async (
  store: AlertStore,
  runs: readonly EvaluatedRun[],
  { now: slot, record, scheduled, router }: CommitOptions,
): Promise<CommittedRuns> => {
  const recorded = (all: readonly RecordedRun[]): readonly RunResult[] =>
    all.flatMap(({ place, outcome }) => {
      const run = runs[place];
      return run === undefined ? [] : [resultOf(run, slot, outcome)];
    });
  try {
    const routed = await routedOf(runs, slot, router);
    const outcome = await commitSlot(store, {
      slot,
      runs: runs.map((run) => wantsOf(run, routed, router?.tells("resolve") ?? [])),
      known: knownOf(runs),
      ...(scheduled !== undefined && { scheduled }),
      ...(record !== undefined && { record: (all) => record(recorded(all)) }),
    });
    return {
      results: recorded(outcome.runs.map((one, place) => ({ place, outcome: one }))),
      unmarked: outcome.unmarked,
    };
  } catch (cause) {
    const error = storeError("Cannot store the alerts of a run", cause);
    const failed = { alerts: [], errors: [error], before: null };
    return { results: runs.map((run) => resultOf(run, slot, failed)), unmarked: [] };
  }
};

type RoutedAlerts = ReadonlyMap<NewAlert, Routed>;

/** Asked once for all alerts of the slot, since they may mute one another. */
const routedOf = async (
  runs: readonly EvaluatedRun[],
  slot: Date,
  router: Router | undefined,
): Promise<RoutedAlerts> => {
  const made = runs.flatMap(({ alerts }) => alerts);
  if (router === undefined || made.length === 0) return new Map();
  const routed = await router.route(
    made.map(({ alert }) => alert),
    slot,
  );
  return new Map(made.flatMap((alert, place): [NewAlert, Routed][] => [[alert, routed[place] ?? NOWHERE]]));
};

const NOWHERE: Routed = { destinations: [], mutedBy: [] };

const wantsOf = (run: EvaluatedRun, routed: RoutedAlerts, targets: readonly string[]): RunWants => ({
  name: run.task.name,
  isFinal: isFinal(run),
  alerts: run.alerts.map((made) => pendingOf(made, routed.get(made) ?? NOWHERE)),
  dropped: run.dropped,
  added: run.added,
  resolved: run.resolved.map((resolution) => ({ ...resolution, targets })),
  state: keptBy(run),
});

/** An alert says by what it is muted, and so do its deliveries. */
const pendingOf = (made: NewAlert, { destinations, mutedBy }: Routed): PendingAlert =>
  mutedBy.length === 0
    ? { ...made, destinations }
    : {
        ...made,
        alert: { ...made.alert, _source: { ...made.alert._source, mutedby: mutedBy } },
        destinations: destinations.map((one) => ({ ...one, muted: mutedBy.map(({ reason }) => reason).join("; ") })),
      };

/** Of the events of those that want something stored. */
const knownOf = (runs: readonly EvaluatedRun[]): KnownMarks =>
  new Map(
    runs
      .flatMap(({ alerts, dropped, added, marks }) => (alerts.length + dropped.length + added.length > 0 ? marks : []))
      .flatMap((known) => [...known]),
  );

/** Results of runs that store nothing: with the alerts as they would be stored. */
export const withoutCommit = (runs: readonly EvaluatedRun[], slot: Date): readonly RunResult[] =>
  runs.map((run) => resultOf(run, slot, null));

const keptBy = ({ kept, isComplete }: EvaluatedRun): readonly StateDocument[] => (isComplete ? kept : []);

/** @param outcome - Null before anything is stored: as if all were. */
const resultOf = (run: EvaluatedRun, slot: Date, outcome: RunOutcome | null): RunResult => {
  const {
    alerts,
    errors: unstored,
    before,
  } = outcome ?? {
    alerts: run.alerts.map(({ alert }) => alert),
    errors: [],
    before: null,
  };
  const refused = [...alerts.filter((one) => one instanceof StoreError), ...unstored];
  // What somebody else has decided counts, and nothing that went wrong here.
  const errors = before === null ? [...run.errors, ...refused] : refused;
  return {
    task: run.task.name,
    slot,
    health: errors.length === 0 ? "ok" : "error",
    error: errors[0] ?? null,
    errors,
    warnings: before === null ? run.warnings : [],
    hits: run.hits,
    alerts: alerts.filter((one): one is AlertMessage => !(one instanceof StoreError)),
    durationMs: run.durationMs,
    codeMs: run.durationMs - run.searchMs,
    ...(before !== null && { before }),
  };
};
