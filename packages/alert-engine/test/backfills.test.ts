import { eachEvent, AlertTask, definePack, interval, noEvent, type Hit } from "@mozdef/alert";
import { cancelBackfill, listBackfills, listRuns, type Scheduler } from "@mozdef/alert-engine";
import { listAlerts, saveEvents } from "@mozdef/alert-store";
import { SearchQuery, TermMatch } from "@mozdef/query";
import { describe, expect, it, vi } from "vitest";
import { documentsOf } from "./open-store.ts";
import { doorPack, silencePack } from "./scheduled-alerts.ts";
import { type TestEngine, testEngine } from "./test-engine.ts";

const minute = (number: number): string => new Date(Date.UTC(2026, 0, 1, 0, number)).toISOString();

const slotsOf = ({ observer }: TestEngine, alert: string): readonly string[] =>
  observer.onRun.mock.calls
    .map(([{ task, slot }]) => ({ task, slot }))
    .filter(({ task }) => task === alert)
    .map(({ slot }) => slot.toISOString().slice(11, 16));

const alertsOf = async ({ store }: TestEngine, alert: string): Promise<readonly string[]> =>
  (await documentsOf(store, "alerts-*"))
    .filter(({ _source }) => _source.classname === alert)
    .map(({ _source }) => String(_source.utctimestamp).slice(11, 16))
    .sort();

const tick = async (scheduler: Scheduler): Promise<void> => {
  await (
    await scheduler.tick()
  ).done;
};

/** `00:01` and so on. */
const minutes = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => minute(from + index).slice(11, 16));

/** Time passes with each look at the clock: a second is over after two slots. */
const slowly = ({ clock }: TestEngine): void => {
  let elapsed = 0;
  vi.spyOn(clock, "elapsedMs").mockImplementation(() => (elapsed += 400));
};

describe("slots that were missed", () => {
  it("are run after that of the present, the oldest first, each once", async () => {
    const engine = await testEngine([silencePack]);
    await engine.tickAt(minute(31));
    expect(slotsOf(engine, "AlertSilence")).toEqual(["00:31", ...minutes(1, 30)]);
    expect(await alertsOf(engine, "AlertSilence")).toEqual(minutes(1, 31));
    await engine.store.client.indices.refresh({ index: engine.store.names.physical("slots-*") });
    const { runs, gaps } = await listRuns(engine.store, { ticks: 100 });
    expect([runs.length, gaps]).toEqual([31, []]);
    expect(await listBackfills(engine.store)).toMatchObject([
      { reason: "missed", alerts: ["AlertSilence"], status: "done", runs: 31 - 1, made: 30, failed: 0, by: null },
    ]);
    expect(engine.scheduler.backfills).toEqual([]);
  });

  it("do not hold up those of the present", async () => {
    const engine = await testEngine([silencePack]);
    slowly(engine);
    await engine.tickAt(minute(31));
    for (let number = 32; number <= 40; number += 1) await engine.tickAt(minute(number));
    const order = slotsOf(engine, "AlertSilence");
    const present = order.filter((slot) => slot >= "00:31");
    expect(present).toEqual(minutes(31, 40));
    // Some of the past between each two.
    expect(order.indexOf("00:32") - order.indexOf("00:31")).toBeGreaterThan(1);
    expect(order.indexOf("00:32")).toBeLessThan(6);
    const [open] = engine.scheduler.backfills;
    expect(open).toMatchObject({ status: "open", reason: "missed" });
  });

  it("are gone on with by whoever has their shard next", async () => {
    const engine = await testEngine([silencePack, doorPack]);
    slowly(engine);
    await engine.tickAt(minute(31));
    expect(engine.scheduler.backfills.length).toBeGreaterThan(0);
    const next = await engine.restarted();
    for (let looks = 0; looks < 60 && next.backfills.length > 0; looks += 1) await tick(next);
    expect(next.backfills).toEqual([]);
    expect(await alertsOf(engine, "AlertSilence")).toEqual(minutes(1, 31));
  });

  it("of an event have it alerted on, once, whichever slot sees it first", async () => {
    const engine = await testEngine([doorPack]);
    for (const at of [3, 12, 29])
      await saveEvents(engine.store, [{ category: "door", summary: `door ${at}`, utctimestamp: minute(at) }], {
        now: new Date(minute(at)),
        refresh: true,
      });
    await engine.tickAt(minute(31));
    const { alerts } = await listAlerts(engine.store);
    expect(alerts.map(({ _source }) => _source.summary).sort()).toEqual(["door 12", "door 29", "door 3"]);
  });

  it("go on without an alert on which the store fails again and again", async () => {
    const engine = await testEngine([pairPack]);
    const isBroken = { value: true };
    const msearch = engine.store.client.msearch.bind(engine.store.client) as (params: never) => Promise<object>;
    vi.spyOn(engine.store.client, "msearch").mockImplementation((async (params: { readonly searches: object[] }) => {
      const { responses, ...rest } = (await msearch(params as never)) as { readonly responses: object[] };
      const asked = responses.map((_, index) => JSON.stringify(params.searches[2 * index + 1]));
      const refused = { error: { type: "es_rejected_execution_exception", reason: "the queue is full" }, status: 429 };
      const isRefused = (index: number): boolean => isBroken.value && asked[index]?.includes("broken") === true;
      return { ...rest, responses: responses.map((answer, index) => (isRefused(index) ? refused : answer)) };
    }) as never);
    await engine.tickAt(minute(31));
    for (let passed = 1; passed <= 20; passed += 1) {
      engine.clock.set(new Date(Date.parse(minute(31)) + passed * 61_000).toISOString());
      await tick(engine.scheduler);
    }
    const passed = (await alertsOf(engine, "AlertSilence")).slice(0, 31);
    expect([passed, await alertsOf(engine, "AlertKnocks")]).toEqual([minutes(1, 31), []]);
    isBroken.value = false;
    for (let passed = 21; passed <= 60; passed += 1) {
      engine.clock.set(new Date(Date.parse(minute(31)) + passed * 61_000).toISOString());
      await tick(engine.scheduler);
    }
    for (const name of ["AlertKnocks", "AlertSilence"])
      expect((await alertsOf(engine, name)).slice(0, 31)).toEqual(minutes(1, 31));
    expect(engine.scheduler.backfills).toEqual([]);
  });
});

const silenceOf = (category: string) =>
  class extends AlertTask {
    main() {
      return noEvent(SearchQuery({ minutes: 5 }).must(TermMatch("category", category)));
    }
    onNoEvent() {
      return { summary: category, category: "deadman", tags: [], severity: "ERROR" };
    }
  };
/** Of one shard. */
class AlertKnocks extends silenceOf("broken") {}
class AlertSilence extends silenceOf("whole") {}
const pairPack = definePack({
  alerts: {
    AlertKnocks: { task: AlertKnocks, schedule: interval({ minutes: 1 }) },
    AlertSilence: { task: AlertSilence, schedule: interval({ minutes: 1 }) },
  },
});

/** One alert for each event of category `late`, whenever it was seen. */
class Late extends AlertTask {
  main() {
    return eachEvent(SearchQuery({ minutes: 2 }).must(TermMatch("category", "late")));
  }
  onEvent({ _source }: Hit) {
    return { summary: String(_source.summary), category: "late", tags: [], severity: "NOTICE" };
  }
}
const latePack = definePack({ alerts: { Late: { task: Late, schedule: interval({ minutes: 1 }) } } });

describe("slots that somebody asks for", () => {
  const setUp = async () => {
    const action = { kind: "never", registration: "*", send: () => undefined };
    const engine = await testEngine([latePack], {}, { soc: action });
    for (let number = 1; number <= 20; number += 1) await engine.tickAt(minute(number));
    const event = { category: "late", summary: "an import", utctimestamp: minute(5), receivedtimestamp: minute(5) };
    await saveEvents(engine.store, [event], { now: new Date(minute(5)), refresh: true });
    await engine.tickAt(minute(21));
    expect(await alertsOf(engine, "Late")).toEqual([]);
    return engine;
  };
  const request = { alerts: ["Late"], from: new Date(minute(1)), to: new Date(minute(10)), by: "ann" };

  it.each([
    [false, 0],
    [true, 1],
  ])("are looked at once more, and alerts go to targets: %s", async (notify, deliveries) => {
    const engine = await setUp();
    const { id } = await engine.scheduler.backfill({ ...request, notify });
    await engine.tickAt(minute(22));
    expect(await alertsOf(engine, "Late")).toEqual(["00:05"]);
    expect(await listBackfills(engine.store)).toMatchObject([
      { id, reason: "asked", status: "done", runs: 9, made: 1, failed: 0, by: "ann", notify, endedAt: minute(22) },
    ]);
    expect(await documentsOf(engine.store, "deliveries-*")).toHaveLength(deliveries);
    // And once more: what was covered stays covered.
    await engine.scheduler.backfill({ ...request, notify });
    await engine.tickAt(minute(23));
    expect(await alertsOf(engine, "Late")).toEqual(["00:05"]);
  });

  it("end when somebody says so, and what was run stays", async () => {
    const engine = await setUp();
    slowly(engine);
    const { id } = await engine.scheduler.backfill({ ...request, notify: false });
    await tick(engine.scheduler);
    expect(await cancelBackfill(engine.store, id, engine.clock.now())).toMatchObject({ status: "cancelled" });
    for (let looks = 0; looks < 20; looks += 1) await tick(engine.scheduler);
    const [backfill] = await listBackfills(engine.store);
    expect(backfill).toMatchObject({ status: "cancelled", endedAt: minute(21) });
    expect(backfill?.runs).toBeLessThan(9);
    expect(engine.scheduler.backfills).toEqual([]);
    await expect(cancelBackfill(engine.store, "none", engine.clock.now())).rejects.toMatchObject({
      code: "BACKFILL_NOT_FOUND",
    });
  });

  it("are forgotten a week after they ended", async () => {
    const engine = await setUp();
    await engine.scheduler.backfill({ ...request, notify: false });
    await engine.tickAt(minute(22));
    engine.clock.set("2026-01-07T00:00:00Z");
    await engine.scheduler.follow();
    expect(await listBackfills(engine.store)).toHaveLength(1);
    engine.clock.set("2026-01-08T12:00:00Z");
    await engine.scheduler.follow();
    expect(await listBackfills(engine.store)).toEqual([]);
  });

  it.each([
    [{ alerts: [] }, "BACKFILL_INVALID", "alerts of a backfill"],
    [{ alerts: ["AlertNone"] }, "SCHEDULE_NOT_FOUND", "AlertNone"],
    [{ to: request.from }, "BACKFILL_INVALID", "from of a backfill"],
    [{ to: new Date("2026-01-02") }, "BACKFILL_INVALID", "to of a backfill"],
  ])("are refused when they make no sense: %j", async (wrong, code, message) => {
    const { scheduler, store, clock } = await testEngine([latePack]);
    clock.set(minute(20));
    await expect(scheduler.backfill({ ...request, notify: false, ...wrong })).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
    expect(await listBackfills(store)).toEqual([]);
  });
});
