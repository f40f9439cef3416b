import type { AlertPack } from "@mozdef/alert";
import {
  type Actions,
  type AlertServices,
  createRegistry,
  createRouter,
  type EngineObserver,
  inProcessHost,
  type Limits,
  type RunResult,
  Scheduler,
  tasksByName,
} from "@mozdef/alert-engine";
import { FakeClock } from "@mozdef/alert-engine/testing";
import { type AlertStore, saveEvents } from "@mozdef/alert-store";
import { type Mock, vi } from "vitest";
import { openStore } from "./open-store.ts";

/** A scheduler over a fresh store: a test moves the clock and says when to look at it. */
export interface TestEngine {
  readonly clock: FakeClock;
  readonly store: AlertStore;
  readonly scheduler: Scheduler;
  /** Its methods are mocks. */
  readonly observer: Required<EngineObserver> & { readonly onRun: Mock<(result: RunResult) => void> };
  /** Is told by all of its schedulers which alerts somebody lets run again. */
  readonly released: Mock<(name: string) => void>;
  /** A scheduler as it would be after a restart. */
  readonly restarted: () => Promise<Scheduler>;
  /** Moves the clock and waits for whatever is due. */
  readonly tickAt: (now: string) => Promise<void>;
  readonly save: (...events: object[]) => Promise<void>;
}

const START = "2026-01-01T00:00:30.000Z";
const LIMITS: Limits = { catchUpMs: 3_600_000, runMs: 5_000 };

export const testEngine = async (
  packs: readonly AlertPack[],
  limits: Partial<Limits> = {},
  actions: Actions = {},
): Promise<TestEngine> => {
  const clock = new FakeClock(START);
  const store = await openStore({ now: clock.now() });
  const registry = await createRegistry(
    packs.map((pack, index) => ({ source: `pack${index}`, pack })),
    {},
  );
  const silent = () => undefined;
  const services: AlertServices = {
    log: { debug: silent, info: silent, warn: silent, error: silent },
    dns: { reverse: () => Promise.resolve(null) },
    fetch,
  };
  const observer = {
    onRun: vi.fn<(result: RunResult) => void>(),
    onTick: vi.fn<() => void>(),
    onRunFailure: vi.fn<(error: unknown) => void>(),
    onTickFailure: vi.fn<(error: unknown) => void>(),
    onMaintenanceFailure: vi.fn<(error: unknown) => void>(),
    onRunners: vi.fn<() => void>(),
    onUnmarked: vi.fn(),
    onIndicesRestored: vi.fn<() => void>(),
    onPruned: vi.fn<() => void>(),
    onDelivery: vi.fn<() => void>(),
    onOutboxFailure: vi.fn<() => void>(),
    onRoomMade: vi.fn<() => void>(),
    onClockSetBack: vi.fn<() => void>(),
    onRulesChanged: vi.fn<() => void>(),
  };
  const released = vi.fn<(name: string) => void>();
  const load = async (): Promise<Scheduler> => {
    const scheduler = new Scheduler({
      store,
      clock,
      observer,
      alerts: registry.alerts,
      limits: { ...LIMITS, ...limits },
      signal: new AbortController().signal,
      host: { ...inProcessHost({ store, services, tasks: tasksByName(registry) }), release: released },
      services,
      router: createRouter({ actions }),
    });
    await scheduler.load();
    return scheduler;
  };
  const scheduler = await load();
  return {
    clock,
    store,
    scheduler,
    observer,
    released,
    restarted: load,
    tickAt: async (now) => {
      clock.set(now);
      await (
        await scheduler.tick()
      ).done;
    },
    save: async (...events) => {
      const saved = await saveEvents(store, events, { now: clock.now(), refresh: true });
      const refused = saved.find(({ ok }) => !ok);
      if (refused !== undefined) throw new Error(JSON.stringify(refused));
    },
  };
};
