import type { RunResult } from "@mozdef/alert-engine";
import { AlertError } from "@mozdef/alert/runtime";
import type { FastifyBaseLogger } from "fastify";
import { expect, it, vi } from "vitest";
import { logObserver } from "./log-observer.ts";

const observed = () => {
  const error = vi.fn<(fields: object, text: string) => void>();
  const observer = logObserver({ error, debug: vi.fn<() => void>() } as unknown as FastifyBaseLogger);
  return { observer, logged: () => error.mock.calls.map(([fields]) => Object.keys(fields).at(-1)) };
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

it("keeps what fails apart", () => {
  const { observer, logged } = observed();
  const away = new Error("the store is away");
  observer.onTickFailure?.(away);
  observer.onOutboxFailure?.(away);
  observer.onTickFailure?.(away);
  expect(logged()).toEqual(["err", "err", "reason"]);
});
