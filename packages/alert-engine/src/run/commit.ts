import type { AlertMessage } from "@mozdef/alert/runtime";
import {
  type AlertStore,
  commitAlerts,
  type CommitOutcome,
  type StateDocument,
  StoreError,
  storeError,
} from "@mozdef/alert-store";
import { dealOut } from "./deal-out.ts";
import type { RunResult } from "./run-result.ts";
import type { EvaluatedRun } from "./run-values.ts";

/** Documents to store at the very end, in the same request as the last of the commit: the record of the runs. */
export type RecordRuns = (results: readonly RunResult[]) => readonly StateDocument[];

/** Last stage: alerts and what they keep are stored, their events marked. */
export const commit = async (
  store: AlertStore,
  runs: readonly EvaluatedRun[],
  slot: Date,
  record: RecordRuns = () => [],
): Promise<readonly RunResult[]> => {
  const results = (outcome: CommitOutcome): readonly RunResult[] => resultsOf(runs, slot, outcome);
  try {
    return results(
      await commitAlerts(
        store,
        {
          alerts: runs.flatMap((run) => run.alerts.map((alert) => ({ ...alert, keeps: keptBy(run) }))),
          dropped: runs.flatMap(({ dropped }) => dropped),
          state: runs.flatMap(keptBy),
        },
        (outcome) => record(results(outcome)),
      ),
    );
  } catch (cause) {
    const error = storeError("Cannot store the alerts of a run", cause);
    return runs.map((run) => resultOf(run, slot, [error]));
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
  { alerts, unmarked }: CommitOutcome,
): readonly RunResult[] => {
  const committed = dealOut(
    alerts,
    runs.map((run) => run.alerts.length),
  );
  return runs.map((run, index) => {
    const own = unmarked.filter(({ name }) => isOf(run, name)).map(({ error }) => error);
    return resultOf(run, slot, [...(committed[index] ?? []), ...own]);
  });
};

const isOf = ({ alerts, dropped }: EvaluatedRun, name: string): boolean =>
  [...alerts, ...dropped].some(({ alert }) => alert._source.classname === name);

const resultOf = (run: EvaluatedRun, slot: Date, outcome: readonly (AlertMessage | StoreError)[]): RunResult => {
  const errors = [...run.errors, ...outcome.filter((one) => one instanceof StoreError)];
  return {
    task: run.task.name,
    slot,
    health: errors.length === 0 ? "ok" : "error",
    error: errors[0] ?? null,
    errors,
    hits: run.hits,
    alerts: outcome.filter((one): one is AlertMessage => !(one instanceof StoreError)),
    durationMs: run.durationMs,
  };
};
