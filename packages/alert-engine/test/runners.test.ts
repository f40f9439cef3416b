import { type EngineObserver, type Share, sharedWork } from "@mozdef/alert-engine";
import { FakeClock } from "@mozdef/alert-engine/testing";
import { type AlertStore, listAlerts, SHARDS, shardOf } from "@mozdef/alert-store";
import { describe, expect, it, vi } from "vitest";
import { documentsOf } from "./open-store.ts";
import { doorPack, silencePack } from "./scheduled-alerts.ts";
import { testEngine } from "./test-engine.ts";

const about = () => ({ version: "1.0.0", packs: { "@example/alerts": "2.0.0" }, standstill: null });

/** A runner on a machine with a clock of its own. */
const runner = (store: AlertStore, now = "2026-01-01T00:00:00.000Z", observer: EngineObserver = {}) => {
  const clock = new FakeClock(now);
  const share = sharedWork(store, clock, about, observer);
  const pass = (ms: number): void => clock.set(new Date(clock.now().getTime() + ms).toISOString());
  return { share, pass };
};

type Runner = ReturnType<typeof runner>;

/** Two seconds pass for all of them, as often as it takes. */
const live = async (runners: readonly Runner[], seconds: number): Promise<void> => {
  for (let passed = 0; passed < seconds; passed += 2)
    for (const { share, pass } of runners) {
      pass(2_000);
      await share.renew();
    }
};

const sorted = (shares: readonly Share[]): readonly number[] =>
  shares.flatMap(({ shards }) => [...shards]).sort((a, b) => a - b);

const ALL = Array.from({ length: SHARDS }, (_, shard) => shard);

describe("sharedWork", () => {
  it("is all of it for one that is alone, at once", async () => {
    const { store } = await testEngine([silencePack]);
    const { share } = runner(store);
    expect(share.shards.size).toBe(0);
    await share.renew();
    expect(sorted([share])).toEqual(ALL);
    expect(share.has("target soc")).toBe(true);
    expect(share.runners).toMatchObject([{ isSelf: true, version: "1.0.0", packs: { "@example/alerts": "2.0.0" } }]);
  });

  it("is dealt out in fair shares among three, whatever their clocks say, and one that is new waits until all know it", async () => {
    const { store } = await testEngine([silencePack]);
    const observer = { onRunners: vi.fn<() => void>() };
    const first = runner(store, "2026-01-01T02:00:00.000Z", observer);
    await first.share.renew();
    const others = [runner(store, "2025-12-31T22:00:00.000Z"), runner(store)];
    for (const { share } of others) await share.renew();
    expect(others.map(({ share }) => share.shards.size)).toEqual([0, 0]);
    await live([first, ...others], 6);
    const shares = [first, ...others].map(({ share }) => share);
    expect(sorted(shares)).toEqual(ALL);
    expect(shares.map(({ shards }) => shards.size).sort()).toEqual([5, 5, 6]);
    const targets = ["a", "b", "c", "d", "e", "f", "g", "h"];
    expect(targets.map((target) => shares.filter((share) => share.has(target)).length)).toEqual(targets.map(() => 1));
    expect(observer.onRunners).toHaveBeenCalled();
  });

  it("is taken over within ten seconds when a runner is silent, and left to it again when it is back", async () => {
    const { store } = await testEngine([silencePack]);
    const [first, second] = [runner(store), runner(store)];
    await first.share.renew();
    await live([first, second], 8);
    expect(sorted([first.share, second.share])).toEqual(ALL);
    await live([first], 6);
    expect(first.share.shards.size).toBe(8);
    await live([first], 4);
    expect(sorted([first.share])).toEqual(ALL);
    // By its own clock it was away, so it does nothing before it has looked.
    second.pass(10_000);
    expect([second.share.shards.size, second.share.has("target")]).toEqual([0, false]);
    await live([second, first], 8);
    expect(sorted([first.share, second.share])).toEqual(ALL);
  });

  it("goes over at once when a runner ends", async () => {
    const { store } = await testEngine([silencePack]);
    const [first, second] = [runner(store), runner(store)];
    await first.share.renew();
    await live([first, second], 8);
    await first.share.release();
    expect(first.share.shards.size).toBe(0);
    await live([second], 2);
    expect(sorted([second.share])).toEqual(ALL);
  });

  it("forgets a runner that is dead for a minute", async () => {
    const { store } = await testEngine([silencePack]);
    const [first, dead] = [runner(store), runner(store)];
    await dead.share.renew();
    await live([first], 70);
    expect((await documentsOf(store, "mozdefstate")).filter(({ _source }) => _source.type === "runner")).toHaveLength(
      1,
    );
  });

  it("keeps its part when the store was away for all of them", async () => {
    const { store } = await testEngine([silencePack]);
    const runners = [runner(store), runner(store)];
    await live(runners, 8);
    const before = runners.map(({ share }) => [...share.shards]);
    for (const { pass } of runners) pass(60_000);
    expect(runners.map(({ share }) => share.shards.size)).toEqual([0, 0]);
    await live(runners, 8);
    expect(runners.map(({ share }) => [...share.shards])).toEqual(before);
  });
});

describe("Scheduler.take", () => {
  const shards = (...names: string[]): ReadonlySet<number> => new Set(names.map(shardOf));

  it("runs the alerts of its shards, and knows how far those of the others are", async () => {
    const { scheduler: first, restarted, clock, save, store } = await testEngine([doorPack, silencePack]);
    const second = await restarted();
    await first.take(shards("AlertDoor"));
    await second.take(shards("AlertSilence"));
    await save({ category: "door", summary: "open" });
    for (const minute of ["01", "02"]) {
      clock.set(`2026-01-01T00:${minute}:00.000Z`);
      for (const scheduler of [first, second]) await (await scheduler.tick()).done;
    }
    const { alerts } = await listAlerts(store);
    expect(alerts.map(({ _source }) => _source.classname).sort()).toEqual([
      "AlertDoor",
      "AlertSilence",
      "AlertSilence",
    ]);
    expect(first.own.map(({ alert }) => alert.name)).not.toContain("AlertSilence");
    await first.follow();
    const silence = first.states.find(({ alert }) => alert.name === "AlertSilence");
    expect(silence).toMatchObject({ lastSlot: new Date("2026-01-01T00:02:00Z"), runs: 2, lastRun: { health: "ok" } });
    expect(silence?.lastRun?.alerts).toHaveLength(1);
  });

  it("goes on where others have been", async () => {
    const { scheduler: first, restarted, clock, store } = await testEngine([silencePack]);
    const second = await restarted();
    await second.take(new Set());
    for (const minute of ["01", "02"]) {
      clock.set(`2026-01-01T00:${minute}:00.000Z`);
      for (const scheduler of [first, second]) await (await scheduler.tick()).done;
    }
    await first.take(new Set());
    await second.take(shards("AlertSilence"));
    clock.set("2026-01-01T00:04:00.000Z");
    for (const scheduler of [first, second]) await (await scheduler.tick()).done;
    const { alerts } = await listAlerts(store);
    expect(alerts.map(({ _source }) => _source.utctimestamp).sort()).toEqual(
      ["1", "2", "3", "4"].map((minute) => `2026-01-01T00:0${minute}:00+00:00`),
    );
  });

  it("has an alert of another instance run by that one, and says what came of it", async () => {
    const { scheduler: first, restarted, clock, observer } = await testEngine([silencePack]);
    const second = await restarted();
    await first.take(new Set());
    await second.take(shards("AlertSilence"));
    const asked = first.run("AlertSilence");
    // The other one is not told: it looks.
    await vi.waitFor(() => expect(clock.sleeping).toBe(1));
    await second.runAsked();
    await vi.waitFor(() => expect(observer.onRun).toHaveBeenCalledTimes(1));
    let answer: unknown;
    void asked.then((run) => (answer = run));
    await vi.waitFor(() => {
      clock.set(new Date(clock.now().getTime() + 500).toISOString());
      expect(answer).toMatchObject({ alert: "AlertSilence", health: "ok", manual: true });
    });
    await second.runAsked();
    expect(observer.onRun).toHaveBeenCalledTimes(1);
  });

  it("says when no instance has run what was asked for", async () => {
    const { scheduler, clock } = await testEngine([silencePack]);
    await scheduler.take(new Set());
    const asked = expect(scheduler.run("AlertSilence")).rejects.toMatchObject({ code: "RUN_UNANSWERED" });
    let isOver = false;
    void asked.then(() => (isOver = true));
    await vi.waitFor(() => {
      clock.set(new Date(clock.now().getTime() + 10_000).toISOString());
      expect(isOver).toBe(true);
    });
  });
});
