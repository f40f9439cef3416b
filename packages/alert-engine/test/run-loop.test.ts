import { type RunLoop, type Share, soleShare, startRunLoop } from "@mozdef/alert-engine";
import { listAlerts } from "@mozdef/alert-store";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { silencePack } from "./scheduled-alerts.ts";
import { testEngine } from "./test-engine.ts";

const sole = soleShare("test", () => ({ version: "1", packs: {}, standstill: null }));

const setUp = async (share: Share = sole, maintain = () => Promise.resolve()) => {
  const engine = await testEngine([silencePack]);
  const { clock, scheduler, observer } = engine;
  const start = (): RunLoop => {
    const loop = startRunLoop({ scheduler, share, maintain, clock, observer });
    onTestFinished(() => loop.stop());
    return loop;
  };
  /** Until the loop has nothing more to do at this time. */
  const rest = () =>
    vi.waitFor(() => {
      expect(clock.sleeping).toBe(1);
      expect(scheduler.states.some(({ busy }) => busy)).toBe(false);
    });
  const slots = async () => (await listAlerts(engine.store)).alerts.map(({ _source }) => _source.utctimestamp);
  return { ...engine, start, rest, slots };
};

describe("startRunLoop", () => {
  it("runs alerts at their slots", async () => {
    const { start, rest, clock, slots } = await setUp();
    start();
    await rest();
    expect(await slots()).toEqual([]);
    clock.set("2026-01-01T00:01:00.001Z");
    await vi.waitFor(async () => expect(await slots()).toEqual(["2026-01-01T00:01:00+00:00"]));
    await rest();
    clock.set("2026-01-01T00:02:00Z");
    await vi.waitFor(async () => expect(await slots()).toHaveLength(2));
  });

  it("tries again when the store was away", async () => {
    const maintain = vi.fn(() => Promise.resolve()).mockRejectedValueOnce(new Error("connection refused"));
    const { start, rest, clock, slots, observer } = await setUp(sole, maintain);
    clock.set("2026-01-01T00:01:00Z");
    start();
    await rest();
    expect(await slots()).toEqual([]);
    expect(observer.onTickFailure).toHaveBeenCalledExactlyOnceWith(new Error("connection refused"));
    clock.set("2026-01-01T00:01:02Z");
    await vi.waitFor(async () => expect(await slots()).toHaveLength(1));
  });

  it("looks again when a schedule was changed", async () => {
    const { start, rest, scheduler } = await setUp();
    const loop = start();
    await rest();
    const tick = vi.spyOn(scheduler, "tick");
    loop.wake();
    await vi.waitFor(() => expect(tick).toHaveBeenCalledTimes(1));
  });

  it("runs the alerts of the shards that it has, once it has them", async () => {
    const dealt = { generation: 0, shards: new Set<number>() };
    const share = {
      ...sole,
      get generation() {
        return dealt.generation;
      },
      get shards() {
        return dealt.shards;
      },
    };
    const { start, rest, clock, slots } = await setUp(share);
    const loop = start();
    await rest();
    clock.set("2026-01-01T00:01:00Z");
    await rest();
    expect([loop.isRunning, await slots()]).toEqual([false, []]);
    Object.assign(dealt, { generation: 1, shards: sole.shards });
    clock.set("2026-01-01T00:02:00Z");
    await vi.waitFor(async () => expect(await slots()).toHaveLength(2));
    expect(loop.isRunning).toBe(true);
  });

  it("ends when it is stopped", async () => {
    const { start, clock, rest } = await setUp();
    const loop = start();
    await rest();
    await loop.stop();
    expect(clock.sleeping).toBe(0);
  });
});
