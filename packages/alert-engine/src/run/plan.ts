import type { PlannedSearch } from "@mozdef/alert/runtime";
import type { AlertHost, StageScope, TaskRef } from "../host/alert-host.ts";
import type { PlannedRun } from "./run-values.ts";

/** Changes what `main` returned: for tools that test queries. */
export type Rewrite = (searches: readonly PlannedSearch[], task: TaskRef) => readonly PlannedSearch[];

/** First stage: every alert says what to look for. */
export const plan = async (
  host: AlertHost,
  tasks: readonly TaskRef[],
  scope: StageScope,
  rewrite: Rewrite = (searches) => searches,
): Promise<readonly PlannedRun[]> => {
  const planned = await host.plan(tasks, scope);
  return planned.flatMap((one, index) => {
    const task = tasks[index];
    return task === undefined ? [] : [{ ...one, task, searches: rewrite(one.searches, task) }];
  });
};
