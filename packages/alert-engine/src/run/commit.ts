import type { AlertMessage } from "@mozdef/alert/runtime";
import {
  type AlertStore,
  commitAlerts,
  type CommitOutcome,
  type StateDocument,
  StoreError,
  storeError,
  type UnmarkedEvents,
} from "@mozdef/alert-store";
import { type Actions, targetsOf } from "../outbox/targets.ts";
import { dealOut } from "./deal-out.ts";
import type { RunResult } from "./run-result.ts";
import type { EvaluatedRun } from "./run-values.ts";

/** Documents to store at the very end, in the same request as the last of the commit: the record of the runs. */
export type RecordRuns = (results: readonly RunResult[]) => readonly StateDocument[];

/** What became of the runs of a batch. */
export interface CommittedRuns {
  readonly results: readonly RunResult[];
  /** Events that could not be marked. That stops nothing. */
  readonly unmarked: readonly UnmarkedEvents[];
}

export interface CommitOptions {
  /** The slot. */
  readonly now: Date;
  /** Default: nothing is recorded. */
  readonly record?: RecordRuns | undefined;
  /** Where alerts go. Default: nowhere. */
  readonly actions?: Actions | undefined;
}

/** Last stage: alerts and what they keep are stored, their events covered. */
export const commit = async (
  store: AlertStore,
  runs: readonly EvaluatedRun[],
  { now: slot, record = () => [], actions = {} }: CommitOptions,
): Promise<CommittedRuns> => {
  const kept = runs.map(keptBy);
  const results = (outcome: CommitOutcome): readonly RunResult[] => resultsOf(runs, slot, outcome, kept);
  try {
    const outcome = await commitAlerts(
      store,
      {
        alerts: runs.flatMap((run) =>
          run.alerts.map((made) => ({ ...made, keeps: keptBy(run), targets: targetsOf(actions, made.alert) })),
        ),
        dropped: runs.flatMap(({ dropped }) => dropped),
        added: runs.flatMap(({ added }) => added),
        state: kept.flat(),
        known: new Map(
          runs
            .flatMap(({ alerts, dropped, added, marks }) =>
              alerts.length + dropped.length + added.length > 0 ? marks : [],
            )
            .flatMap((known) => [...known]),
        ),
      },
      (committed) => record(results(committed)),
    );
    return { results: results(outcome), unmarked: outcome.unmarked };
  } catch (cause) {
    const error = storeError("Cannot store the alerts of a run", cause);
    return { results: runs.map((run) => resultOf(run, slot, [error])), unmarked: [] };
  }
};

/** Results of runs that store nothing: with the alerts as they would be stored. */
export const withoutCommit = (runs: readonly EvaluatedRun[], slot: Date): readonly RunResult[] =>
  runs.map((run) =>
    resultOf(
      run,
      slot,
      run.alerts.map(({ alert }) => alert),
    ),
  );

const keptBy = ({ kept, isComplete }: EvaluatedRun): readonly StateDocument[] => (isComplete ? kept : []);

const resultsOf = (
  runs: readonly EvaluatedRun[],
  slot: Date,
  { alerts, state, added }: CommitOutcome,
  kept: readonly (readonly StateDocument[])[],
): readonly RunResult[] => {
  const committed = dealOut(
    alerts,
    runs.map((run) => run.alerts.length),
  );
  const stored = dealOut(
    state,
    kept.map(({ length }) => length),
  );
  const additions = dealOut(
    added,
    runs.map((run) => run.added.length),
  );
  return runs.map((run, index) =>
    resultOf(run, slot, [
      ...(committed[index] ?? []),
      ...[...(stored[index] ?? []), ...(additions[index] ?? [])].flatMap((error) => error ?? []),
    ]),
  );
};

const resultOf = (run: EvaluatedRun, slot: Date, outcome: readonly (AlertMessage | StoreError)[]): RunResult => {
  const errors = [...run.errors, ...outcome.filter((one) => one instanceof StoreError)];
  return {
    task: run.task.name,
    slot,
    health: errors.length === 0 ? "ok" : "error",
    error: errors[0] ?? null,
    errors,
    warnings: run.warnings,
    hits: run.hits,
    alerts: outcome.filter((one): one is AlertMessage => !(one instanceof StoreError)),
    durationMs: run.durationMs,
    codeMs: run.durationMs - run.searchMs,
  };
};
