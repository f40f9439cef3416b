import type { RunResult } from "@mozdef/alert-engine";
import { AlertError } from "@mozdef/alert/runtime";
import { StoreError } from "@mozdef/alert-store";
import type { FastifyBaseLogger } from "fastify";
import { describe, expect, it, vi } from "vitest";
import { logObserver } from "./log-observer.ts";

const observed = () => {
  const error = vi.fn<(fields: object, text: string) => void>();
  const observer = logObserver({
    error,
    debug: vi.fn<() => void>(),
    info: vi.fn<() => void>(),
  } as unknown as FastifyBaseLogger);
  return {
    observer,
    logged: () => error.mock.calls.map(([fields]) => Object.keys(fields).at(-1)),
    fields: () => error.mock.calls.map(([fields]) => fields),
  };
};

const run = (...messages: readonly string[]): RunResult =>
  ({
    ...{ task: "AlertA", slot: new Date(0), alerts: [], hits: 0, durationMs: 1 },
    errors: messages.map((message) => new AlertError("ALERT_FAILED", message)),
  }) as unknown as RunResult;

it("has the stack of a failure in the log once, and a line each time", () => {
  const { observer, logged } = observed();
  for (const result of [run("a"), run("a"), run("a"), run("b"), run("b"), run(), run("b")]) observer.onRun?.(result);
  expect(logged()).toEqual(["err", "reason", "reason", "err", "reason", "err"]);
});

it("says in each line where in the code of the alert it failed", () => {
  const { observer, fields } = observed();
  const cause = new TypeError("x is undefined");
  for (const stack of ["file:///srv/src/alert-a.ts:25:13", "file:///srv/src/alert-a.ts?v=2:26:1"]) {
    cause.stack = `TypeError: x is undefined\n    at AlertA.onEvent (${stack})`;
    const error = new AlertError("ALERT_HOOK_FAILED", "AlertA failed", { cause });
    observer.onRun?.({ ...run(), errors: [error] });
  }
  expect(fields()).toMatchObject([
    { place: "alert-a.ts:25:13", err: {} },
    { place: "alert-a.ts:26:1", reason: "AlertA failed" },
  ]);
});

it("keeps what fails apart", () => {
  const { observer, logged } = observed();
  const away = new Error("the store is away");
  observer.onTickFailure?.(away);
  observer.onOutboxFailure?.(away);
  observer.onTickFailure?.(away);
  expect(logged()).toEqual(["err", "err", "reason"]);
});

describe("a store that does not answer", () => {
  const away = (what: string) => new StoreError("STORE_UNAVAILABLE", `${what}: the store does not answer`);
  const tick = (...results: readonly RunResult[]) => ({ slot: new Date(0), results, durationMs: 1, lagMs: 0 });
  const failed = (error: StoreError): RunResult => ({ ...run(), errors: [error], health: "error" });
  const well = { ...run(), health: "ok" } as RunResult;

  it("is said once until alerts run again, whatever it fails", () => {
    const { observer, logged } = observed();
    observer.onTickFailure?.(away("lease"));
    observer.onRunFailure?.(away("refresh"));
    observer.onOutboxFailure?.(away("deliveries"));
    expect(logged()).toEqual(["err"]);
    observer.onTick?.(tick(failed(away("search"))));
    observer.onTickFailure?.(away("lease"));
    expect(logged()).toEqual(["err"]);
    observer.onTick?.(tick(well));
    observer.onTickFailure?.(away("lease"));
    expect(logged()).toEqual(["err", "err"]);
  });

  it("is said once of alerts that have run together, and of each source whose store it is", () => {
    const { observer, logged } = observed();
    for (const what of ["search", "search", "source a", "search", "source a"]) observer.onRun?.(failed(away(what)));
    expect(logged()).toEqual(["err", "err"]);
  });
});
