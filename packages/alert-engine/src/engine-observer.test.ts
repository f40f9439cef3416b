import { expect, it, vi } from "vitest";
import { type EngineObserver, joinObservers } from "./engine-observer.ts";

it("passes everything on to each observer that wants it", () => {
  const first = { onTickFailure: vi.fn<(error: unknown) => void>(), onRunners: vi.fn<() => void>() };
  const second: Required<EngineObserver> = {
    onRun: vi.fn<() => void>(),
    onTick: vi.fn<() => void>(),
    onRunFailure: vi.fn<() => void>(),
    onTickFailure: vi.fn<() => void>(),
    onMaintenanceFailure: vi.fn<() => void>(),
    onRunners: vi.fn<() => void>(),
    onDelivery: vi.fn<() => void>(),
    onOutboxFailure: vi.fn<() => void>(),
    onRoomMade: vi.fn<() => void>(),
    onClockSetBack: vi.fn<() => void>(),
    onUnmarked: vi.fn(),
    onIndicesRestored: vi.fn<() => void>(),
    onPruned: vi.fn<() => void>(),
    onRulesChanged: vi.fn<() => void>(),
  };
  const joined = joinObservers(first, second);
  const calls = Object.keys(second) as (keyof EngineObserver)[];
  for (const method of calls) joined[method]?.(method as never);
  for (const method of calls) expect(second[method]).toHaveBeenCalledExactlyOnceWith(method);
  expect(first.onTickFailure).toHaveBeenCalledTimes(1);
  expect(first.onRunners).toHaveBeenCalledTimes(1);
});
