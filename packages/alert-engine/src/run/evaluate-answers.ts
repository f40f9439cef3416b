import type { AlertHost, StageScope } from "../host/alert-host.ts";
import { isFinal } from "./is-final.ts";
import { keepInOwnIndices } from "./keep-in-own-indices.ts";
import { type EvaluatedRun, type FoundRun, joined } from "./run-values.ts";

/** Third stage: the hooks make alerts of what was found. */
export const evaluateAnswers = async (
  host: AlertHost,
  runs: readonly FoundRun[],
  scope: StageScope,
): Promise<readonly EvaluatedRun[]> => {
  const evaluated = await host.evaluate(
    runs.map(({ task, answered, kept }) => ({ task, answered, kept })),
    scope,
  );
  return evaluated.flatMap((made, index) => {
    const run = runs[index];
    if (run === undefined) return [];
    const next = keepInOwnIndices(run.task, made);
    const { task, hits, searchMs, marks, endings } = run;
    // What the hooks make when the store fails them rests on less than they asked for; they are asked again.
    const alerts = isFinal(next) ? next.alerts : [];
    const nothing = { dropped: [], added: [], resolved: [] };
    return [{ ...joined(run, next), task, hits, searchMs, marks, endings, alerts, ...nothing }];
  });
};
