import { type Leadership, type RunLoop, sharedLeadership, soleLeadership, startRunLoop } from "@mozdef/alert-engine";
import { listAlerts } from "@mozdef/alert-store";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { silencePack } from "./scheduled-alerts.ts";
import { testEngine } from "./test-engine.ts";

const setUp = async (leadership: Leadership = soleLeadership, maintain = () => Promise.resolve()) => {
  const engine = await testEngine([silencePack]);
  const { clock, scheduler, observer } = engine;
  const start = (): RunLoop => {
    const loop = startRunLoop({ scheduler, leadership, maintain, clock, observer });
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
    const { start, rest, clock, slots, observer } = await setUp(soleLeadership, maintain);
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

  it("leaves the alerts to another instance while that one holds the right", async () => {
    const held = vi.fn(() => Promise.resolve(false));
    const { start, rest, clock, slots } = await setUp({ hold: held, release: () => Promise.resolve() });
    const loop = start();
    await rest();
    clock.set("2026-01-01T00:01:00Z");
    await rest();
    expect([loop.leading, await slots()]).toEqual([false, []]);
    held.mockResolvedValue(true);
    clock.set("2026-01-01T00:02:00Z");
    await vi.waitFor(async () => expect(await slots()).toHaveLength(2));
    expect(loop.leading).toBe(true);
  });

  it("ends when it is stopped", async () => {
    const { start, clock, rest } = await setUp();
    const loop = start();
    await rest();
    await loop.stop();
    expect(clock.sleeping).toBe(0);
  });
});

describe("sharedLeadership", () => {
  it("is held by one of two, and by the other once the first has given it back or is silent", async () => {
    const { store, clock, observer } = await testEngine([silencePack]);
    const [first, second] = [sharedLeadership(store, clock), sharedLeadership(store, clock, observer)];
    expect(await first.hold()).toBe(true);
    expect(await second.hold()).toBe(false);
    expect(await second.hold()).toBe(false);
    expect(observer.onStandby).toHaveBeenCalledTimes(1);
    await first.release();
    expect(await second.hold()).toBe(true);
    // Since when it is silent, the other one can only know from when it has looked.
    clock.set("2026-01-01T00:01:00Z");
    expect(await first.hold()).toBe(false);
    clock.set("2026-01-01T00:01:07.600Z");
    expect(await first.hold()).toBe(true);
    expect(await second.hold()).toBe(false);
  });
});
