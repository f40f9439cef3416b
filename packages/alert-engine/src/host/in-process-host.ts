import type { AlertTask } from "@mozdef/alert";
import { evaluate, groupEvents, runMain, type Sources } from "@mozdef/alert/runtime";
import { alertIndex, type AlertStore } from "@mozdef/alert-store";
import type { AlertServices } from "./alert-context.ts";
import type {
  AlertHost,
  Evaluated,
  EventsToGroup,
  GroupedEvents,
  Planned,
  StageScope,
  TaskAnswers,
  TaskRef,
} from "./alert-host.ts";
import { withStoreFailures } from "./of-store.ts";
import { runStage } from "./run-stage.ts";

/** What an {@link inProcessHost} is made of. */
export interface InProcessHostOptions {
  readonly store: AlertStore;
  readonly services: AlertServices;
  /** Sources of events by their names. Default: none. */
  readonly sources?: Sources | undefined;
  /** By the id under which the engine asks for them; looked up at each call. */
  readonly tasks: Pick<ReadonlyMap<string, AlertTask<unknown>>, "get">;
}

/** Runs alerts where the engine runs. A deadline ends the waiting for an alert, not what it does. */
export const inProcessHost = (options: InProcessHostOptions): AlertHost => ({
  plan: (tasks, scope) => Promise.all(tasks.map((task) => planOne(options, task, scope))),
  group: (events, scope) => groupOne(options, events, scope),
  evaluate: (answers, scope) => Promise.all(answers.map((one) => evaluateOne(options, one, scope))),
});

const planOne = async (options: InProcessHostOptions, ref: TaskRef, scope: StageScope): Promise<Planned> => {
  const stage = { ...options, ...scope, task: ref, name: "main", kept: [] };
  const { value, ...outcome } = await runStage(stage, (context, choice) =>
    runMain(taskOf(options, ref), context, choice),
  );
  return withStoreFailures({ ...outcome, searches: value ?? [] });
};

const groupOne = async (
  options: InProcessHostOptions,
  { task: ref, name, groupBy, events }: EventsToGroup,
  scope: StageScope,
): Promise<GroupedEvents> => {
  const stage = { ...options, ...scope, task: ref, name: "groupBy", kept: [] };
  const { value, errors, isComplete } = await runStage(stage, () =>
    Promise.resolve(groupEvents(name, groupBy, events)),
  );
  return { keys: value?.keys ?? [], errors: [...errors, ...(value?.errors ?? [])], isComplete };
};

const evaluateOne = async (
  options: InProcessHostOptions,
  { task: ref, answered, kept }: TaskAnswers,
  scope: StageScope,
): Promise<Evaluated> => {
  const stage = { ...options, ...scope, task: ref, name: "hooks", kept };
  const { value, ...outcome } = await runStage(stage, (context) =>
    evaluate(taskOf(options, ref), answered, context, alertIndex(scope.now)),
  );
  const errors = [...outcome.errors, ...(value?.errors ?? [])];
  return withStoreFailures({ ...outcome, errors, alerts: value?.alerts ?? [] });
};

const taskOf = ({ tasks }: InProcessHostOptions, { id, name }: TaskRef): AlertTask<unknown> => {
  const task = tasks.get(id);
  if (task === undefined) throw new Error(`The host has no alert ${name}.`);
  return task;
};
