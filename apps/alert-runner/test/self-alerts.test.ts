import pipeline from "@mozdef/alerts-pipeline";
import type { AlertPack } from "@mozdef/alert";
import type { AlertAction, AlertPlugin } from "@mozdef/alert/runtime";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { ConfigInput } from "../src/config/config-schema.ts";
import { brokenPack, doorPack } from "./support/alerts.ts";
import { createSite, type ListedAlerts, request, startService } from "./support/service-process.ts";
import { type TestService, testService } from "./support/test-service.ts";

const minuteOf = (hour: number, minute: number): string =>
  `2026-01-01T${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}:00Z`;

const started = (packs: readonly AlertPack[], config: Omit<ConfigInput, "packs"> = {}): Promise<TestService> =>
  testService({ packs: [pipeline, ...packs], config });

/** What a store does by itself within a second of its own time. */
const refresh = async ({ opened: { store } }: TestService): Promise<void> => {
  await store.client.indices.refresh({ index: ["slots-*", "deliveries-*"].map(store.names.physical) });
};

/** Lets the service run at every minute, the last one among them. */
const runMinutes = async (service: TestService, first: number, last: number): Promise<void> => {
  for (let minute = first; minute <= last; minute += 1) {
    await service.tickAt(minuteOf(Math.floor(minute / 60), minute % 60));
    await service.outbox.drain();
    await refresh(service);
  }
};

/** What the service has alerted about itself, oldest first. */
const selfAlerts = async ({ call }: TestService) => {
  const { body } = await call({ url: "/api/alerts?size=100" });
  return body.alerts
    .map(({ _source }) => _source)
    .filter(({ category }) => category === "maintenance")
    .reverse();
};

const summariesOf = async (service: TestService) => (await selfAlerts(service)).map(({ summary }) => summary);

describe("the service alerts on itself", () => {
  it("not at all while everything is well, and without a warning", async () => {
    const service = await started([doorPack], { actions: { soc: { kind: "chat", send: () => undefined } } });
    // At first there is nothing to be looked at.
    await runMinutes(service, 1, 10);
    await service.save({ category: "door", summary: "front door" });
    await runMinutes(service, 11, 20);
    expect(await summariesOf(service)).toEqual([]);
    const { body } = await service.call({ url: "/api/runs?ticks=100" });
    const runs = body.runs as unknown as readonly { alert: string; errors: unknown[]; warnings?: unknown[] }[];
    expect(runs.filter(({ alert }) => alert === "AlertDeliveryFailures")).toHaveLength(4);
    expect(runs.flatMap(({ errors, warnings = [] }) => [...errors, ...warnings])).toEqual([]);
  });

  it("for slots that were never run, once for each alert", async () => {
    const service = await started([doorPack], { limits: { catchUpMs: 3_600_000 } });
    await runMinutes(service, 1, 5);
    service.clock.set(minuteOf(10, 0));
    const later = await service.restarted();
    const tickAt = async (hour: number, minute: number) => {
      service.clock.set(minuteOf(hour, minute));
      await (
        await later.tick()
      ).done;
      await refresh(service);
    };
    for (const minute of [0, 5, 10, 15]) await tickAt(10, minute);
    const summaries = await summariesOf(service);
    expect(summaries).toContain(
      "AlertDoor was not run after 2026-01-01T00:05:00+00:00 until 2026-01-01T09:00:59.999000+00:00",
    );
    // The two of the doors, and those of the service that were on.
    expect([summaries.length, new Set(summaries).size]).toEqual([8, 8]);
    expect(await gapDocuments(service)).toHaveLength(8);
  });

  it("for an alert that fails again and again, once in six hours", async () => {
    const service = await started([brokenPack, doorPack]);
    await runMinutes(service, 1, 60);
    expect(await selfAlerts(service)).toMatchObject([
      {
        severity: "ERROR",
        // At 00:05 there were the four of the minutes before.
        utctimestamp: "2026-01-01T00:10:00+00:00",
        summary:
          "Runs fail again and again: AlertBroken. AlertBroken: AlertBroken.main failed: the key of the third party has expired",
        details: { alerts: [{ alert: "AlertBroken", failures: 9, code: "ALERT_FAILED" }], total: 1 },
        count: 59,
      },
    ]);
  });

  it("for alerts that the store refuses, and does not go round in circles when it refuses that one, too", async () => {
    const spoil = (registration: string): AlertPlugin => ({
      name: "spoil",
      registration,
      onMessage: (alert) => ({ ...alert, details: ["a list"] as unknown as Record<string, unknown> }),
    });
    const service = await started([doorPack], { plugins: [spoil("front")] });
    await service.save({ category: "door", summary: "front" });
    await runMinutes(service, 1, 30);
    expect(await selfAlerts(service)).toMatchObject([
      {
        severity: "ERROR",
        summary: expect.stringMatching(
          /^The store has refused 1 alert of AlertDoor: Cannot store an alert of AlertDoor: /,
        ),
        details: { alerts: ["AlertDoor"], unstored: [expect.any(String)], reasons: [expect.any(String)] },
      },
      // Its runs have failed five times by then.
      { classname: "AlertExecutionFailures", details: { alerts: [{ alert: "AlertDoor", failures: 5 }] } },
    ]);

    const hopeless = await started([doorPack], { plugins: [spoil("*")] });
    await hopeless.save({ category: "door", summary: "front" });
    await runMinutes(hopeless, 1, 30);
    expect(await selfAlerts(hopeless)).toEqual([]);
    // About the doors, then about AlertExecutionFailures, whose alert is refused as well: tried at each slot, and no more of them with time.
    const refused = (await slotDocuments(hopeless)).filter(({ unstored }) => unstored !== undefined);
    const own = refused.flatMap(({ pieces }) => {
      const runs = runsOf(pieces).filter((run) => run === "AlertIndexingFailures");
      return runs.length === 0 ? [] : [runs.length];
    });
    expect(own).toEqual([1, 1, 2, 2, 2, 2]);
  });

  it("for deliveries that were given up, once in six hours, and not for its own", async () => {
    const refusing: AlertAction = { kind: "chat", send: () => ({ refused: "404: no such channel" }) };
    const service = await started([doorPack], { actions: { soc: refusing } });
    await service.save({ category: "door", summary: "front door" });
    await runMinutes(service, 1, 60);
    expect(await selfAlerts(service)).toMatchObject([
      {
        severity: "ERROR",
        summary: "1 alert was given up for the target soc (AlertDoor), which answered last: 404: no such channel",
        details: { target: "soc", error: "404: no such channel", total: 1 },
        count: 1,
      },
    ]);
    const { body } = await service.call({ url: "/api/deliveries?status=dead" });
    expect(body).toMatchObject({ deliveries: [{ name: "AlertDeliveryFailures" }, { name: "AlertDoor" }] });
  });

  it("by an alert that always fires, at the end of a target of its own, once it is switched on", async () => {
    const sent: string[] = [];
    const deadman: AlertAction = {
      kind: "deadman",
      registration: "watchdog",
      send: ({ _source }) => void sent.push(`${_source.classname} ${_source.utctimestamp}`),
    };
    const config = { actions: { deadman }, alerts: { AlertWatchdog: { enabled: true } } };
    const service = await started([doorPack], config);
    await service.save({ category: "door", summary: "front door" });
    await runMinutes(service, 1, 10);
    expect(sent).toEqual(["AlertWatchdog 2026-01-01T00:05:00+00:00", "AlertWatchdog 2026-01-01T00:10:00+00:00"]);
    expect(await summariesOf(service)).toHaveLength(2);
  });

  it("leaves the records that it looks at as they are", async () => {
    const service = await started([brokenPack]);
    await runMinutes(service, 1, 4);
    const before = await slotDocuments(service);
    await runMinutes(service, 5, 10);
    expect(await selfAlerts(service)).toHaveLength(1);
    const after = await slotDocuments(service);
    const marked = after.filter((document) => "alerts" in document || "alert_names" in document);
    expect([marked, after.length > before.length]).toEqual([[], true]);
  });
});

const slotDocuments = async ({ opened: { store } }: TestService): Promise<readonly Record<string, unknown>[]> => {
  const index = store.names.physical("slots-*");
  const { hits } = await store.client.search<Record<string, unknown>>({ index, size: 1_000, sort: ["utctimestamp"] });
  return hits.hits.map(({ _source = {} }) => _source);
};

const gapDocuments = async (service: TestService) =>
  (await slotDocuments(service)).filter(({ type }) => type === "gap");

const runsOf = (pieces: unknown): readonly unknown[] =>
  ((pieces ?? []) as readonly { readonly run: string }[]).map(({ run }) => run);

it("tells of an alert that has taken its process along", { timeout: 90_000 }, async () => {
  const hostile = path.join(import.meta.dirname, "support/hostile-pack.ts");
  const site = createSite(`{
    packs: ["@mozdef/alerts-pipeline", ${JSON.stringify(hostile)}],
    alerts: { AlertExecutionKilled: { schedule: { kind: "interval", everyMs: 1000 } } },
    isolation: { blockMs: 1_500 },
  }`);
  onTestFinished(site.remove);
  const service = await startService(site, "source");
  onTestFinished(() => void service.end("SIGKILL"));
  await request(`${service.url}/events`, "POST", [{ category: "endless", summary: "the hook never comes back" }]);
  const alerts = async () => (await request<ListedAlerts>(`${service.url}/api/alerts`)).alerts;
  await expect.poll(alerts, { timeout: 60_000, interval: 200 }).toHaveLength(1);
  expect(await alerts()).toMatchObject([
    {
      _source: {
        classname: "AlertExecutionKilled",
        severity: "ERROR",
        summary: expect.stringMatching(
          /^The process of the alerts was ended by AlertEndless: AlertEndless was ended: /,
        ),
      },
    },
  ]);
});
