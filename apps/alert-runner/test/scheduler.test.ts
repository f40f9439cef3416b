import { listAlerts } from "@mozdef/alert-store";
import { describe, expect, it, vi } from "vitest";
import { listRuns } from "../src/runs/list-runs.ts";
import { brokenPack, doorPack, silencePack } from "./support/alerts.ts";
import { testService } from "./support/test-service.ts";

const door = { category: "door", summary: "door opened" };
const summariesOf = async (service: Awaited<ReturnType<typeof testService>>) => {
  const { alerts } = await listAlerts(service.opened.store);
  return alerts.map(({ _source }) => `${_source.utctimestamp.slice(11, 19)} ${_source.summary}`).sort();
};

describe("Scheduler", () => {
  it("runs what is due at its slot, not before", async () => {
    const service = await testService({ packs: [doorPack] });
    await service.save(door);
    await service.tickAt("2026-01-01T00:00:59.999Z");
    expect(await summariesOf(service)).toEqual([]);
    expect(service.scheduler.nextWake()).toEqual(new Date("2026-01-01T00:01:00Z"));

    await service.tickAt("2026-01-01T00:01:00.250Z");
    expect(await summariesOf(service)).toEqual(["00:01:00 door opened"]);
    expect(service.scheduler.nextWake()).toEqual(new Date("2026-01-01T00:02:00Z"));
  });

  it("alerts once for an event, however often it looks", async () => {
    const service = await testService({ packs: [doorPack] });
    await service.save(door);
    for (const minute of ["01", "02", "03"]) await service.tickAt(`2026-01-01T00:${minute}:00Z`);
    expect(await summariesOf(service)).toHaveLength(1);
  });

  it("runs missed slots at their own time, oldest first", async () => {
    const service = await testService({ packs: [silencePack] });
    await service.tickAt("2026-01-01T00:03:10Z");
    expect(await summariesOf(service)).toEqual([
      "00:01:00 no heartbeat",
      "00:02:00 no heartbeat",
      "00:03:00 no heartbeat",
    ]);
  });

  it("records what it missed beyond its bounds as a gap", async () => {
    const service = await testService({ packs: [silencePack], config: { limits: { catchUpSlots: 2 } } });
    await service.tickAt("2026-01-01T00:10:10Z");
    expect(await summariesOf(service)).toHaveLength(2);
    await service.opened.store.client.indices.refresh({ index: service.opened.store.names.physical("runs-*") });
    const { gaps } = await listRuns(service.opened.store, { ticks: 10 });
    expect(gaps).toEqual([
      { alert: "AlertSilence", from: "2026-01-01T00:00:30+00:00", to: "2026-01-01T00:08:59.999000+00:00" },
    ]);
  });

  it("goes on after a restart where it was, and alerts for nothing twice", async () => {
    const service = await testService({ packs: [doorPack, silencePack] });
    await service.save(door);
    await service.tickAt("2026-01-01T00:01:05Z");
    const before = await summariesOf(service);

    service.clock.set("2026-01-01T00:02:05Z");
    const restarted = await service.restarted();
    expect(restarted.states.map(({ lastSlot }) => lastSlot)).toEqual(Array(3).fill(new Date("2026-01-01T00:01:00Z")));
    await (
      await restarted.tick()
    ).done;
    expect(await summariesOf(service)).toEqual([...before, "00:02:00 no heartbeat"].sort());
  });

  it("lets one alert fail and the others go on, and records it", async () => {
    const service = await testService({ packs: [brokenPack, doorPack] });
    await service.save(door);
    await service.tickAt("2026-01-01T00:01:00Z");
    expect(await summariesOf(service)).toEqual(["00:01:00 door opened"]);
    const broken = service.scheduler.states.find(({ alert }) => alert.name === "AlertBroken");
    expect(broken?.lastRun).toMatchObject({
      health: "error",
      errors: [{ code: "ALERT_FAILED", message: expect.stringContaining("third party") }],
    });
    expect(broken?.lastSlot).toEqual(new Date("2026-01-01T00:01:00Z"));
  });

  it("keeps an alert at its slot while the store fails, and tries again later", async () => {
    const service = await testService({ packs: [doorPack] });
    await service.save(door);
    vi.spyOn(service.opened.store.client, "msearch").mockRejectedValueOnce(new Error("connection refused"));
    await service.tickAt("2026-01-01T00:01:00Z");
    const [state] = service.scheduler.states;
    expect(state?.lastSlot).toEqual(new Date("2026-01-01T00:00:30Z"));
    expect(service.scheduler.nextWake()).toEqual(new Date("2026-01-01T00:01:02Z"));

    await service.tickAt("2026-01-01T00:01:02Z");
    expect(await summariesOf(service)).toEqual(["00:01:00 door opened"]);
  });

  it("does not run what is disabled, and catches nothing up when it is enabled", async () => {
    const service = await testService({ packs: [silencePack] });
    await service.scheduler.change("AlertSilence", { enabled: false, by: "ann" });
    await service.tickAt("2026-01-01T00:05:00Z");
    expect(service.scheduler.nextWake()).toBeNull();
    await service.scheduler.change("AlertSilence", { enabled: true, by: "ann" });
    await service.tickAt("2026-01-01T00:06:00Z");
    expect(await summariesOf(service)).toEqual(["00:06:00 no heartbeat"]);
  });

  it("starts nothing more once it is stopping", async () => {
    const service = await testService({ packs: [silencePack] });
    await service.scheduler.stop();
    await service.tickAt("2026-01-01T00:05:00Z");
    expect(await summariesOf(service)).toEqual([]);
    await expect(service.scheduler.run("AlertSilence")).rejects.toThrow(/shutting down/);
  });
});
