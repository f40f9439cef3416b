import { AlertTask, crontab, definePack, eachEvent, type HookContext, interval, noEvent } from "@mozdef/alert";
import { dailyMaintenance, listRuns } from "@mozdef/alert-engine";
import { listAlerts, writeState } from "@mozdef/alert-store";
import { SearchQuery, TermMatch } from "@mozdef/query";
import { describe, expect, it, vi } from "vitest";
import { doorPack, silencePack } from "./scheduled-alerts.ts";
import { type TestEngine, testEngine } from "./test-engine.ts";

const door = { category: "door", summary: "door opened" };
const summariesOf = async ({ store }: TestEngine) =>
  (await listAlerts(store)).alerts
    .map(({ _source }) => `${_source.utctimestamp.slice(11, 16)} ${_source.summary}`)
    .sort();
/** The slots that were run, in the order they were run. */
const slotsOf = ({ observer }: TestEngine) =>
  vi.mocked(observer.onTick).mock.calls.map(([{ slot }]) => slot.toISOString().slice(11, 16));

describe("a clock that was ahead and is corrected", () => {
  it("takes the alerts along within a tick", async () => {
    const engine = await testEngine([doorPack]);
    for (const time of ["00:01", "02:01", "02:02"]) await engine.tickAt(`2026-01-01T${time}:00Z`);
    await engine.tickAt("2026-01-01T00:02:30Z");
    expect(engine.scheduler.nextWake()).toEqual(new Date("2026-01-01T00:03:00Z"));
    expect(engine.observer.onClockSetBack).toHaveBeenCalledExactlyOnceWith({
      at: new Date("2026-01-01T00:02:30Z"),
      byMs: 7_170_000,
    });
    expect(engine.scheduler.clockSetBack).toMatchObject({ byMs: 7_170_000 });

    await engine.save(door);
    await engine.tickAt("2026-01-01T00:03:00Z");
    expect(await summariesOf(engine)).toEqual(["00:03 door opened"]);
  });

  it("runs what was left out on the way ahead, and what comes then, each slot once", async () => {
    const engine = await testEngine([doorPack], { catchUpMs: 61_000 });
    await engine.tickAt("2026-01-01T00:01:00Z");
    await engine.tickAt("2026-01-01T02:01:00Z");
    await engine.tickAt("2026-01-01T00:02:30Z");
    for (const minute of ["03", "04"]) await engine.tickAt(`2026-01-01T00:${minute}:00Z`);
    expect(slotsOf(engine)).toEqual(["00:01", "02:00", "02:01", "00:02", "00:03", "00:04"]);
  });

  it("makes no alert twice, also of alerts whose id is that of their slot", async () => {
    const engine = await testEngine([doorPack, silencePack]);
    await engine.save(door);
    for (const time of ["00:01:00", "00:06:00", "00:01:30", "00:02:00", "00:03:00", "00:07:00"])
      await engine.tickAt(`2026-01-01T${time}Z`);
    const summaries = await summariesOf(engine);
    expect(summaries).toEqual([...new Set(summaries)]);
    expect(summaries.filter((summary) => summary.endsWith("door opened"))).toHaveLength(1);
    expect(summaries.filter((summary) => summary.endsWith("heartbeat"))).toHaveLength(7);
  });

  it("does not wait for a retry that the wrong clock planned", async () => {
    const engine = await testEngine([doorPack]);
    await engine.save(door);
    vi.spyOn(engine.store.client, "msearch").mockRejectedValueOnce(new Error("connection refused"));
    await engine.tickAt("2026-01-01T02:00:30Z");
    await engine.tickAt("2026-01-01T00:01:00Z");
    expect(await summariesOf(engine)).toEqual(["00:01 door opened"]);
  });

  it("is followed after a restart, too", async () => {
    const engine = await testEngine([doorPack]);
    await engine.tickAt("2026-01-01T02:01:00Z");
    engine.clock.set("2026-01-01T00:01:30Z");
    const restarted = await engine.restarted();
    expect(restarted.nextWake()).toEqual(new Date("2026-01-01T00:02:00Z"));
    expect(restarted.clockSetBack).toMatchObject({ byMs: 7_170_000 });
  });

  it("waits out an adjustment of seconds instead of running a slot again", async () => {
    const engine = await testEngine([doorPack]);
    await engine.tickAt("2026-01-01T00:01:00.010Z");
    for (const time of ["00:00:59.500", "00:01:00.000", "00:02:00.000"]) await engine.tickAt(`2026-01-01T${time}Z`);
    expect(slotsOf(engine)).toEqual(["00:01", "00:02"]);
    expect(engine.observer.onClockSetBack).not.toHaveBeenCalled();
  });
});

describe("a clock that was behind for a while", () => {
  const minutes = ["00:01:00", "00:02:00", "00:03:00", "00:04:00", "00:05:00"];

  it("does not run again what had been run before", async () => {
    const engine = await testEngine([doorPack]);
    for (const time of [...minutes, "00:01:30", "00:02:00", "00:06:10"]) await engine.tickAt(`2026-01-01T${time}Z`);
    expect(slotsOf(engine).slice(4)).toEqual(["00:05", "00:02", "00:06"]);
    await engine.store.client.indices.refresh({ index: engine.store.names.physical("slots-*") });
    const { gaps } = await listRuns(engine.store, { ticks: 100 });
    expect(gaps).toEqual([]);
  });

  it("runs the present slot where it has been before, and none of those in between", async () => {
    const engine = await testEngine([doorPack]);
    for (const time of [...minutes, "00:01:30", "00:04:10"]) await engine.tickAt(`2026-01-01T${time}Z`);
    expect(slotsOf(engine).slice(4)).toEqual(["00:05", "00:04"]);
  });
});

describe("a clock that jumps ahead by more than a day", () => {
  const retention = { eventsDays: 180, serviceDays: 7 };

  it("deletes nothing on that day, and what is expired on the next", async () => {
    const { store, observer } = await testEngine([silencePack]);
    const maintain = dailyMaintenance(store, retention, observer).run;
    for (const day of ["2026-01-01", "2026-01-02"]) await maintain(new Date(`${day}T12:00:00Z`));
    await maintain(new Date("2027-01-01T12:00:00Z"));
    await maintain(new Date("2026-01-02T13:00:00Z"));
    expect(observer.onPruned).not.toHaveBeenCalled();
    await maintain(new Date("2026-07-10T12:00:00Z"));
    expect(observer.onPruned).not.toHaveBeenCalled();
    await maintain(new Date("2026-07-11T12:00:00Z"));
    expect(observer.onPruned).toHaveBeenCalledExactlyOnceWith(expect.arrayContaining(["events-20260101"]));
  });

  it("deletes what is expired at the start", async () => {
    const { store, observer } = await testEngine([silencePack]);
    await dailyMaintenance(store, retention, observer).run(new Date("2026-07-10T12:00:00Z"));
    expect(observer.onPruned).toHaveBeenCalledTimes(1);
  });
});

describe("a stored schedule that is wrong", () => {
  it("is passed over, and the alert runs on its configured one", async () => {
    const engine = await testEngine([doorPack]);
    const settings = {
      AlertDoor: { schedule: { ...crontab(), minute: "1,".repeat(30_000) } },
      AlertKnocks: { schedule: crontab({ hour: 9, timezone: "Asia/Tokyo" }) },
    };
    for (const [name, setting] of Object.entries(settings))
      await writeState(engine.store, name, { type: "schedule", name, setting, changes: [] }, null);
    const { states } = await engine.restarted();
    expect(states.map(({ setting }) => setting.schedule)).toEqual([undefined, settings.AlertKnocks.schedule]);
  });
});

describe("slots of past days", () => {
  const pack = definePack({
    alerts: Object.fromEntries(
      Object.entries({ ByMain: 0, ByHook: 1 }).map(([name, isHook]) => {
        class Door extends AlertTask {
          main() {
            const category = isHook === 1 ? "heartbeat" : "door";
            const query = SearchQuery({ minutes: 30 }).must(TermMatch("category", category));
            return isHook === 1 ? noEvent(query) : eachEvent(query);
          }
          onEvent() {
            return { summary: "door", category: "c", tags: [] };
          }
          async onNoEvent(_: unknown, context?: HookContext) {
            const doors = await context?.count(SearchQuery({ minutes: 30 }).must(TermMatch("category", "door")));
            return doors === 0 ? null : { summary: `${doors} doors`, category: "c", tags: [] };
          }
        }
        Object.defineProperty(Door, "name", { value: name });
        return [name, { task: Door, schedule: interval({ minutes: 10 }) }];
      }),
    ),
  });

  it("look at the events of their day and of the one before, wherever the aliases point now", async () => {
    const engine = await testEngine([pack], { catchUpMs: 7 * 86_400_000 });
    engine.clock.set("2026-01-01T23:55:00Z");
    await engine.save({ category: "door", utctimestamp: "2026-01-01T23:55:00Z" });
    engine.clock.set("2026-01-04T00:01:00Z");
    await dailyMaintenance(engine.store, { eventsDays: 90, serviceDays: 90 }).run(engine.clock.now());
    await (
      await engine.scheduler.tick()
    ).done;
    const { alerts } = await listAlerts(engine.store);
    expect(
      alerts.map(({ _source }) => `${_source.classname} ${_source.utctimestamp} ${_source.summary}`).sort(),
    ).toEqual([
      "ByHook 2026-01-02T00:00:00+00:00 1 doors",
      "ByHook 2026-01-02T00:10:00+00:00 1 doors",
      "ByHook 2026-01-02T00:20:00+00:00 1 doors",
      "ByMain 2026-01-02T00:00:00+00:00 door",
    ]);
  });
});
