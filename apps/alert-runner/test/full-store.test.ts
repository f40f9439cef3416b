import { AlertBruteforceSsh } from "@mozdef/alerts-ssh";
import { crontab, definePack } from "@mozdef/alert";
import { setUpStore } from "@mozdef/alert-store";
import fs, { mkdtempSync, rmSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { pino } from "pino";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { openStore } from "../src/store/open-store.ts";
import { failedLogins } from "./support/service-process.ts";
import { testService } from "./support/test-service.ts";

const ssh = definePack({ alerts: { AlertBruteforceSsh: { task: AlertBruteforceSsh, schedule: crontab() } } });

/** As if the disk had so much free. */
const setFreeBytes = (bytes: number): void => {
  vi.spyOn(fs, "statfsSync").mockReturnValue(Object.assign(fs.statfsSync("."), { bavail: bytes, bsize: 1 }));
  syncBuiltinESMExports();
};

/** The service on a disk of which 100 MB have to stay free. */
const smallService = () =>
  testService({
    packs: [ssh],
    openStore: async (now) => {
      const folder = mkdtempSync(path.join(tmpdir(), "mozdef-full-"));
      onTestFinished(() => rmSync(folder, { recursive: true }));
      const log = pino({ level: "silent" });
      const opened = openStore({ path: "data", freeDiskBytes: 100_000_000 }, { folder, log });
      await setUpStore(opened.store, now);
      return opened;
    },
  });

/** Requests with events that nobody looks for. */
const noise = (round: number): string =>
  Array.from({ length: 2_000 }, (_, n) =>
    JSON.stringify({ summary: `noise ${round} ${n}`, details: { value: `${round}-${n}`, text: "x".repeat(200) } }),
  ).join("\n");

describe("a store that is full of events", () => {
  it(
    "still takes alerts, runs and changes, and the status says that events are refused",
    { timeout: 60_000 },
    async () => {
      const { call, tickAt, opened } = await smallService();
      await call({ method: "POST", url: "/events", json: failedLogins("192.0.2.7", "web1") });
      const headers = { "content-type": "application/x-ndjson" };
      let round = 0;
      onTestFinished(() => {
        vi.restoreAllMocks();
        syncBuiltinESMExports();
      });
      for (; round < 2; round++) await call({ method: "POST", url: "/events", headers, payload: noise(round) });
      setFreeBytes(50_000_000);
      while (opened.room?.().events.refusal === null)
        await call({ method: "POST", url: "/events", headers, payload: noise(round++) });
      const refused = await call({ method: "POST", url: "/events", json: [{ summary: "one more" }] });
      expect([refused.status, round > 1]).toEqual([503, true]);

      await opened.store.client.indices.refresh({ index: "events-*" });
      await tickAt("2026-01-01T00:01:00Z");
      expect((await call({ url: "/api/alerts" })).body.total).toBe(1);
      const [schedule] = (await call({ url: "/api/schedules" })).body.schedules;
      expect(schedule).toMatchObject({ lastRun: { health: "ok", hits: 10 } });
      const changed = await call({
        method: "PATCH",
        url: "/api/schedules/AlertBruteforceSsh",
        json: { enabled: false },
      });
      expect(changed.status).toBe(200);

      const { status, body } = await call({ url: "/status" });
      expect([status, body.status]).toEqual([503, "error"]);
      expect(body.problems).toContainEqual({
        code: "EVENTS_FULL",
        message: expect.stringContaining("have to stay free for others"),
      });
    },
  );
});
