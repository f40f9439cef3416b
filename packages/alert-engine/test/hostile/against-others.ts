// Alerts that change what they share with others in their process.
import { AlertTask } from "@mozdef/alert";
import { SearchQuery } from "@mozdef/query";
import { inHook, inMain, type TaskClass, untyped } from "./hostile-task.ts";

/** Changes something, as far as it can, and goes on as if nothing were. */
const changing = (...changes: readonly (() => unknown)[]): TaskClass =>
  inMain(() => {
    for (const change of changes)
      try {
        change();
      } catch {
        // What cannot be changed stays.
      }
    return [];
  });

const setAll = (target: object, names: readonly string[], value: unknown) =>
  names.map((name) => () => Object.defineProperty(target, name, { value, configurable: true, writable: true }));

export const againstOthers: Readonly<Record<string, TaskClass>> = {
  ChangesObject: changing(
    ...setAll(Object.prototype, ["summary", "then", "toJSON"], () => "polluted"),
    ...setAll(Object, ["entries", "keys", "freeze", "fromEntries"], () => []),
  ),
  ChangesArray: changing(...setAll(Array.prototype, ["map", "push", "flatMap", "filter"], () => [])),
  ChangesPromise: changing(
    ...setAll(Promise.prototype, ["then", "catch", "finally"], () => new Promise(() => undefined)),
    ...setAll(Promise, ["all", "race", "resolve"], () => new Promise(() => undefined)),
    () => {
      globalThis.Promise = class {} as never;
    },
  ),
  ChangesJson: changing(...setAll(JSON, ["stringify", "parse"], () => "[]"), () => {
    globalThis.JSON = { stringify: () => "[]", parse: () => [] } as never;
  }),
  ChangesDate: changing(
    ...setAll(Date.prototype, ["getTime", "toISOString"], () => 0),
    ...setAll(Date, ["now", "parse"], () => 0),
    () => {
      globalThis.Date = class {} as never;
    },
  ),
  ChangesTimers: changing(() => {
    globalThis.setTimeout = (() => 0) as never;
    globalThis.setImmediate = (() => 0) as never;
    globalThis.queueMicrotask = () => undefined;
  }),
  ChangesMaps: changing(
    ...setAll(Map.prototype, ["get", "set", "has"], () => undefined),
    ...setAll(Set.prototype, ["add", "has"], () => undefined),
    ...setAll(String.prototype, ["slice", "split", "replace"], () => ""),
  ),
  ChangesClasses: changing(
    ...setAll(AlertTask.prototype, ["main", "onEvent"], () => []),
    ...setAll(SearchQuery.prototype as object, ["must", "plan"], () => undefined),
    () => {
      untyped(AlertTask.prototype).hostile = true as never;
    },
  ),
  ChangesEvents: inHook((event) => {
    const source = untyped(event._source);
    source.summary = "changed" as never;
    source.alerts = ["changed"] as never;
    return null;
  }),
};
