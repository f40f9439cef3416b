import * as alert from "@mozdef/alert";
import * as query from "@mozdef/query";
import { lockIntrinsics } from "./lock-intrinsics.ts";

/** What Node.js signals processes by, and opens their debuggers. */
const SIGNALS = ["_kill", "_debugProcess", "_debugEnd"] as const;

/**
 * Keeps alerts of one process from changing what others share with them, or what is outside: by mistake, such as a library that adds to
 * `Array.prototype`, or that signals its parent.
 */
export const confine = (): void => {
  for (const name of SIGNALS) toItselfOnly(name);
  lockIntrinsics();
  for (const module of [alert, query]) for (const value of Object.values(module)) freeze(value);
  for (const [name, { writable, configurable }] of Object.entries(Object.getOwnPropertyDescriptors(globalThis)))
    if (writable === true && configurable === true)
      Object.defineProperty(globalThis, name, { writable: false, configurable: false });
};

const toItselfOnly = (name: (typeof SIGNALS)[number]): void => {
  const signal = Reflect.get(process, name) as ((pid: number, ...given: readonly unknown[]) => unknown) | undefined;
  const value = (pid: number, ...given: readonly unknown[]): unknown => {
    if (pid !== process.pid) throw new Error("An alert may not signal other processes.");
    return signal?.call(process, pid, ...given);
  };
  Object.defineProperty(process, name, { value, writable: false, configurable: false });
};

/** Classes are shared by all alerts of the process. */
const freeze = (value: unknown): void => {
  if (typeof value !== "function") return;
  Object.freeze(value);
  if (typeof value.prototype === "object") Object.freeze(value.prototype);
};
