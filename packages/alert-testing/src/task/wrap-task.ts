import type { AlertContext, AlertTask, HookContext, Search } from "@mozdef/alert";
import { HOOK_NAMES, type HookName } from "@mozdef/alert/runtime";

/** What stands between the runtime and a task. What is left out behaves as in the task itself. */
export interface TaskWrapper {
  /** @param main - The task's own. */
  readonly main?: (
    context: AlertContext,
    main: (context: AlertContext) => ReturnType<AlertTask["main"]>,
  ) => Promise<Search | readonly Search[]>;
  /** @param hook - The task's own; given the event, the group or the search that it is called with. */
  readonly hook?: (call: HookCall, hook: (context: HookContext) => unknown) => Promise<unknown>;
}

/** One call of a hook. */
export interface HookCall {
  readonly name: HookName;
  readonly subject: unknown;
  readonly context: HookContext;
}

type Hook = (this: AlertTask<unknown>, subject: unknown, context: HookContext) => unknown;

type Property = readonly [name: string, descriptor: PropertyDescriptor];

/** A task that inherits everything, its name and its configuration too, except for what the wrapper takes over. */
export const wrapTask = (task: AlertTask<unknown>, { main, hook }: TaskWrapper): AlertTask<unknown> => {
  const properties: readonly Property[] = [
    ...(main === undefined ? [] : [wrappedMain(task, main)]),
    ...(hook === undefined ? [] : HOOK_NAMES.flatMap((name) => wrappedHook(task, name, hook))),
  ];
  return Object.create(task, Object.fromEntries(properties)) as AlertTask<unknown>;
};

const wrappedMain = (task: AlertTask<unknown>, wrap: NonNullable<TaskWrapper["main"]>): Property => [
  "main",
  { value: (context: AlertContext) => wrap(context, (given) => task.main(given)) },
];

const wrappedHook = (
  task: AlertTask<unknown>,
  name: HookName,
  wrap: NonNullable<TaskWrapper["hook"]>,
): readonly Property[] => {
  const own: unknown = Reflect.get(task, name);
  if (typeof own !== "function") return [];
  const value: Hook = (subject, context) =>
    wrap({ name, subject, context }, (given) => (own as Hook).call(task, subject, given));
  return [[name, { value }]];
};
