import { interval } from "@mozdef/alert";
import { listRuns } from "@mozdef/alert-engine";
import { listAlerts } from "@mozdef/alert-store";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { brokenPack, doorPack, silencePack } from "./scheduled-alerts.ts";
import { type TestEngine, testEngine } from "./test-engine.ts";

const door = { category: "door", summary: "door opened" };
const summariesOf = async (engine: TestEngine) => {
  const { alerts } = await listAlerts(engine.store);
  return alerts.map(({ _source }) => `${_source.utctimestamp.slice(11, 19)} ${_source.summary}`).sort();
};

describe("Scheduler", () => {
  it("runs what is due at its slot, not before", async () => {
    const engine = await testEngine([doorPack]);
    await engine.save(door);
    await engine.tickAt("2026-01-01T00:00:59.999Z");
    expect(await summariesOf(engine)).toEqual([]);
    expect(engine.scheduler.nextWake()).toEqual(new Date("2026-01-01T00:01:00Z"));

    await engine.tickAt("2026-01-01T00:01:00.250Z");
    expect(await summariesOf(engine)).toEqual(["00:01:00 door opened"]);
    expect(engine.scheduler.nextWake()).toEqual(new Date("2026-01-01T00:02:00Z"));
  });

  it("alerts once for an event, however often it looks", async () => {
    const engine = await testEngine([doorPack]);
    await engine.save(door);
    for (const minute of ["01", "02", "03"]) await engine.tickAt(`2026-01-01T00:${minute}:00Z`);
    expect(await summariesOf(engine)).toHaveLength(1);
  });

  it("runs missed slots at their own time, oldest first", async () => {
    const engine = await testEngine([silencePack]);
    await engine.tickAt("2026-01-01T00:03:10Z");
    expect(await summariesOf(engine)).toEqual([
      "00:01:00 no heartbeat",
      "00:02:00 no heartbeat",
      "00:03:00 no heartbeat",
    ]);
  });

  it("lets no alert be slow because the store was: the next tick still is one search for all", async () => {
    const engine = await testEngine([doorPack, silencePack]);
    const { client } = engine.store;
    const msearch = client.msearch.bind(client);
    const now = performance.now.bind(performance);
    let [aheadMs, searches] = [0, 0];
    vi.spyOn(performance, "now").mockImplementation(() => now() + aheadMs);
    onTestFinished(() => void vi.restoreAllMocks());
    Object.assign(client, {
      msearch: (...asked: Parameters<typeof msearch>) => {
        aheadMs += 5_000;
        searches += 1;
        return msearch(...asked);
      },
    });
    await engine.tickAt("2026-01-01T00:01:00Z");
    const { states } = engine.scheduler;
    expect(states.every(({ lastRun }) => (lastRun?.durationMs ?? 0) > 5_000)).toBe(true);
    expect(states.some(({ slow }) => slow)).toBe(false);
    searches = 0;
    await engine.tickAt("2026-01-01T00:02:00Z");
    expect(searches).toBe(1);
  });

  it("takes other alerts while it runs: what stays goes on where it was", async () => {
    const engine = await testEngine([doorPack, silencePack]);
    const { scheduler } = engine;
    const alerts = scheduler.states.map(({ alert }) => alert);
    await engine.tickAt("2026-01-01T00:01:00Z");
    const [door1, knocks] = alerts;
    if (door1 === undefined || knocks === undefined) throw new Error("no alerts");
    const slower = { ...door1, schedule: interval({ minutes: 10 }) };
    scheduler.replaceAlerts([slower, { ...knocks, name: "AlertNew" }]);
    expect(scheduler.states.map(({ alert, runs, nextDue }) => [alert.name, runs, nextDue?.toISOString()])).toEqual([
      ["AlertDoor", 1, "2026-01-01T00:10:00.000Z"],
      ["AlertNew", 0, "2026-01-01T00:02:00.000Z"],
    ]);
    await expect(scheduler.run("AlertSilence")).rejects.toMatchObject({ code: "SCHEDULE_NOT_FOUND" });
    // What somebody has changed about an alert is kept when it comes back.
    await scheduler.change("AlertDoor", { enabled: false, by: "ann" });
    scheduler.replaceAlerts([]);
    scheduler.replaceAlerts(alerts);
    expect(scheduler.states.map(({ setting }) => setting.enabled)).toEqual([false, undefined, undefined]);
  });

  it("records what it missed beyond its bounds as a gap", async () => {
    const engine = await testEngine([silencePack], { catchUpMs: 71_000 });
    await engine.tickAt("2026-01-01T00:10:10Z");
    expect(await summariesOf(engine)).toHaveLength(2);
    await engine.store.client.indices.refresh({ index: engine.store.names.physical("slots-*") });
    const { gaps } = await listRuns(engine.store, { ticks: 10 });
    expect(gaps).toEqual([
      { alert: "AlertSilence", from: "2026-01-01T00:00:30+00:00", to: "2026-01-01T00:08:59.999000+00:00" },
    ]);
  });

  it("goes on after a restart where it was, and alerts for nothing twice", async () => {
    const engine = await testEngine([doorPack, silencePack]);
    await engine.save(door);
    await engine.tickAt("2026-01-01T00:01:05Z");
    const before = await summariesOf(engine);

    engine.clock.set("2026-01-01T00:02:05Z");
    const restarted = await engine.restarted();
    expect(restarted.states.map(({ lastSlot }) => lastSlot)).toEqual(Array(3).fill(new Date("2026-01-01T00:01:00Z")));
    await (
      await restarted.tick()
    ).done;
    expect(await summariesOf(engine)).toEqual([...before, "00:02:00 no heartbeat"].sort());
  });

  it("lets one alert fail and the others go on, and records it", async () => {
    const engine = await testEngine([brokenPack, doorPack]);
    await engine.save(door);
    await engine.tickAt("2026-01-01T00:01:00Z");
    expect(await summariesOf(engine)).toEqual(["00:01:00 door opened"]);
    const broken = engine.scheduler.states.find(({ alert }) => alert.name === "AlertBroken");
    expect(broken?.lastRun).toMatchObject({
      health: "error",
      errors: [{ code: "ALERT_FAILED", message: expect.stringContaining("third party") }],
    });
    expect(broken?.lastSlot).toEqual(new Date("2026-01-01T00:01:00Z"));
  });

  it("keeps an alert at its slot while the store fails, and tries again later", async () => {
    const engine = await testEngine([doorPack]);
    await engine.save(door);
    vi.spyOn(engine.store.client, "msearch").mockRejectedValueOnce(new Error("connection refused"));
    await engine.tickAt("2026-01-01T00:01:00Z");
    const [state] = engine.scheduler.states;
    expect(state?.lastSlot).toEqual(new Date("2026-01-01T00:00:30Z"));
    expect(engine.scheduler.nextWake()).toEqual(new Date("2026-01-01T00:01:02Z"));

    await engine.tickAt("2026-01-01T00:01:02Z");
    expect(await summariesOf(engine)).toEqual(["00:01:00 door opened"]);
  });

  it("reports each run and each tick to its observer, and what could not be run at all", async () => {
    const { observer, tickAt, scheduler, store } = await testEngine([silencePack]);
    await tickAt("2026-01-01T00:01:00.250Z");
    const result = expect.objectContaining({ task: "AlertSilence", health: "ok" });
    expect(observer.onRun).toHaveBeenCalledExactlyOnceWith(result);
    const tick = { slot: new Date("2026-01-01T00:01:00Z"), results: [result], lagMs: 250 };
    expect(observer.onTick).toHaveBeenCalledExactlyOnceWith(expect.objectContaining(tick));
    await scheduler.run("AlertSilence");
    expect(observer.onRun).toHaveBeenCalledTimes(2);
    expect(observer.onTick).toHaveBeenCalledTimes(1);

    vi.spyOn(store.client, "bulk").mockRejectedValueOnce(new Error("connection refused"));
    await tickAt("2026-01-01T03:00:00Z");
    expect(observer.onRunFailure).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ code: "STORE_UNAVAILABLE" }),
    );
  });

  it("does not run what is disabled, and catches nothing up when it is enabled", async () => {
    const engine = await testEngine([silencePack]);
    await engine.scheduler.change("AlertSilence", { enabled: false, by: "ann" });
    await engine.tickAt("2026-01-01T00:05:00Z");
    expect(engine.scheduler.nextWake()).toBeNull();
    await engine.scheduler.change("AlertSilence", { enabled: true, by: "ann" });
    await engine.tickAt("2026-01-01T00:06:00Z");
    expect(await summariesOf(engine)).toEqual(["00:06:00 no heartbeat"]);
  });

  it("keeps what several instances change about alerts, and each takes it over", async () => {
    const { scheduler: first, restarted, clock } = await testEngine([doorPack, silencePack]);
    const second = await restarted();
    clock.set("2026-01-01T00:02:00Z");
    await Promise.all([
      first.change("AlertDoor", { enabled: false, by: "ann" }),
      second.change("AlertSilence", { schedule: interval({ seconds: 7 }), by: "bob" }),
      second.change("AlertDoor", { schedule: interval({ seconds: 9 }), by: "bob" }),
    ]);
    for (const scheduler of [first, second]) {
      await scheduler.follow();
      const settings = scheduler.states.map(({ alert, setting: { enabled, schedule } }) => [
        alert.name,
        enabled,
        schedule,
      ]);
      expect(settings).toEqual(
        expect.arrayContaining([
          ["AlertDoor", false, interval({ seconds: 9 })],
          ["AlertSilence", undefined, interval({ seconds: 7 })],
        ]),
      );
    }
    clock.set("2026-01-01T00:03:00Z");
    await first.change("AlertDoor", { enabled: true, schedule: null, by: "cem" });
    await second.follow();
    const door = second.states.find(({ alert }) => alert.name === "AlertDoor");
    expect(door).toMatchObject({ setting: { enabled: true, modifiedby: "cem" }, lastSlot: clock.now() });
    expect(door?.setting).not.toHaveProperty("schedule");
    const changes = await second.changes("AlertDoor");
    expect(changes.map(({ by }) => by).toSorted()).toEqual(["ann", "bob", "cem"]);
    expect(changes[0]).toEqual({ at: "2026-01-01T00:03:00+00:00", by: "cem", enabled: true, schedule: null });
    await expect(second.changes("AlertNone")).rejects.toMatchObject({ code: "SCHEDULE_NOT_FOUND" });
  });

  it("lets an alert run again that was suspended, by way of any instance, and keeps who did", async () => {
    const { scheduler: first, restarted, released } = await testEngine([doorPack]);
    const second = await restarted();
    await first.change("AlertDoor", { release: true, by: "ann" });
    expect(released.mock.calls).toEqual([["AlertDoor"]]);
    await second.follow();
    await second.follow();
    expect(released.mock.calls).toEqual([["AlertDoor"], ["AlertDoor"]]);
    await second.change("AlertDoor", { enabled: true, by: "bob" });
    expect(released).toHaveBeenCalledTimes(2);
    expect((await first.changes("AlertDoor")).map(({ by, release }) => [by, release])).toEqual([
      ["bob", undefined],
      ["ann", true],
    ]);
  });

  it("leaves alone what has not changed", async () => {
    const { scheduler, store, tickAt } = await testEngine([doorPack]);
    await scheduler.change("AlertDoor", { schedule: interval({ seconds: 7 }), by: "ann" });
    vi.spyOn(store.client, "msearch").mockRejectedValueOnce(new Error("connection refused"));
    await tickAt("2026-01-01T00:01:00Z");
    await scheduler.follow();
    // A setting that is applied once more would make the alert forget that it waits to be tried again.
    expect(scheduler.states.find(({ alert }) => alert.name === "AlertDoor")).toMatchObject({ failures: 1 });
  });

  it("starts nothing more once it is stopping", async () => {
    const engine = await testEngine([silencePack]);
    await engine.scheduler.stop();
    await engine.tickAt("2026-01-01T00:05:00Z");
    expect(await summariesOf(engine)).toEqual([]);
    await expect(engine.scheduler.run("AlertSilence")).rejects.toThrow(/shutting down/);
  });
});
