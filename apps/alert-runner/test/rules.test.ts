import { interval } from "@mozdef/alert";
import genericPack from "@mozdef/alerts-generic";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { testService } from "./support/test-service.ts";

const alert_data_location = fileURLToPath(new URL("../../../alerts/generic/test", import.meta.url));
const DUO = "AlertGenericLoader:duosecurity_bypass_generated";
const SSH = "AlertGenericLoader:ssh_open_crit";

const open = (alerts: object = {}) =>
  testService({
    packs: [genericPack],
    config: { alerts: { AlertGenericLoader: { enabled: true, config: { alert_data_location } }, ...alerts } },
  });

describe("rules of a folder", () => {
  it("are in the list of schedules one by one, with what they are about", async () => {
    const { call } = await open({ [DUO]: { enabled: false, schedule: interval({ minutes: 5 }) } });
    const { body } = await call({ url: "/api/schedules" });
    expect(body.schedules).toMatchObject([
      { name: DUO, pack: "pack0", enabled: false, scheduleType: "interval", lastRun: null },
      {
        name: SSH,
        enabled: true,
        schedule: "*/1 * * * *",
        about: {
          description: "Session opened on sensitive host by",
          severity: "CRITICAL",
          references: ["https://www.mozilla.org"],
        },
      },
    ]);
    expect((await call({ url: "/status" })).body).toMatchObject({ alerts: { loaded: 2, enabled: 1 }, failures: [] });
  });

  it("run, alert, fail and are switched each by itself", async () => {
    const { call, save, tickAt, opened } = await open();
    await save({
      category: "syslog",
      hostname: "web1",
      summary: "session opened",
      details: { program: "sshd", username: "ann" },
    });
    await tickAt("2026-01-01T00:01:00Z");
    const { body } = await call({ url: "/api/alerts" });
    expect(body.alerts).toMatchObject([
      { _source: { classname: SSH, summary: "Session opened on sensitive host by (1): ann [web1]" } },
    ]);
    const url = (name: string) => `/api/schedules/${encodeURIComponent(name)}`;
    const off = await call({ method: "PATCH", url: url(SSH), json: { enabled: false } });
    expect([off.status, off.body]).toMatchObject([
      200,
      { name: SSH, enabled: false, lastRun: { alert: SSH, hits: 1 } },
    ]);
    const run = await call({ method: "POST", url: `${url(DUO)}/run` });
    expect([run.status, run.body]).toMatchObject([200, { alert: DUO, health: "ok", hits: 0 }]);
    await opened.store.client.indices.refresh({ index: opened.store.names.physical("slots-*") });
    const { body: ran } = await call({ url: "/api/runs" });
    expect(new Set(ran.runs.map(({ alert }) => alert))).toEqual(new Set([DUO, SSH]));
    expect((await call({ url: "/metrics" })).text).toContain(`"${SSH}"`);
  });

  it("are the loader's as long as it is switched off", async () => {
    const { call } = await testService({ packs: [genericPack] });
    const { body } = await call({ url: "/api/schedules" });
    expect(body.schedules).toMatchObject([{ name: "AlertGenericLoader", enabled: false }]);
  });
});
