import { AlertError, kindOf } from "@mozdef/alert/runtime";
import type { AlertHost, Evaluated, StageScope } from "../host/alert-host.ts";
import { isFinal } from "./is-final.ts";
import { keepInOwnIndices } from "./keep-in-own-indices.ts";
import { type EvaluatedRun, type FoundRun, joined } from "./run-values.ts";

/** Third stage: the hooks make alerts of what was found. */
export const evaluateAnswers = async (
  host: AlertHost,
  runs: readonly FoundRun[],
  scope: StageScope,
): Promise<readonly EvaluatedRun[]> => {
  const loud = runs.filter((run) => hasSubjects(run, scope.now));
  const evaluated = await host.evaluate(
    loud.map(({ task, answered, kept }) => ({ task, answered, kept })),
    scope,
  );
  const made = new Map(loud.map((run, index) => [run, evaluated[index] ?? unanswered(run)]));
  return runs.map((run) => evaluatedRun(run, made.get(run) ?? nothing(run)));
};

/** Most alerts find nothing: no code of theirs is called for that. */
const hasSubjects = ({ answered }: FoundRun, now: Date): boolean => {
  try {
    return answered.some(({ planned, result }) => {
      const { isQuiet, subjects } = kindOf(planned.search);
      if (isQuiet !== undefined) return !isQuiet(result);
      for (const _subject of subjects(planned, result, { now, isFresh, wasFresh: isFresh })) return true;
      return false;
    });
  } catch {
    // Its own stage finds the same, and it is the failure of this alert alone.
    return true;
  }
};

const isFresh = (): boolean => true;

const nothing = ({ kept }: FoundRun): Evaluated => ({
  errors: [],
  warnings: [],
  alerts: [],
  kept,
  isComplete: true,
  durationMs: 0,
});

/** What was found must not pass for nothing. */
const unanswered = ({ task, kept }: FoundRun): Evaluated => ({
  errors: [
    new AlertError(
      "ALERT_FAILED",
      `${task.name}: its hooks were not called. Expected: what they make of what was found. Received: no answer of the host of the alerts.`,
    ),
  ],
  warnings: [],
  alerts: [],
  kept,
  isComplete: false,
  durationMs: 0,
});

const evaluatedRun = (run: FoundRun, made: Evaluated): EvaluatedRun => {
  const next = keepInOwnIndices(run.task, made);
  const { task, hits, searchMs, marks, endings } = run;
  // What the hooks make when the store fails them rests on less than they asked for; they are asked again.
  const alerts = isFinal(next) ? next.alerts : [];
  const untouched = { dropped: [], added: [], resolved: [] };
  return { ...joined(run, next), task, hits, searchMs, marks, endings, alerts, ...untouched };
};
