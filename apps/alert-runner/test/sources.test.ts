import { ecsSource, interval } from "@mozdef/alert";
import sshPack from "@mozdef/alerts-ssh";
import { describe, expect, it } from "vitest";
import { testService } from "./support/test-service.ts";

const failed = {
  "@timestamp": "2026-01-01T00:00:40Z",
  message: "Failed password for invalid user root from 192.0.2.7 port 22 ssh2",
  process: { name: "sshd" },
  source: { ip: "192.0.2.7" },
  host: { name: "web1" },
};

const open = () =>
  testService({
    packs: [sshPack],
    config: {
      sources: { logs: ecsSource({ indices: ["logs-*"] }) },
      alerts: { AlertBruteforceSsh: { source: "logs", schedule: interval({ minutes: 1 }) } },
    },
  });

describe("a shipped alert that is given a source by the configuration", () => {
  it("alerts on events of others, and the API says where it looks", async () => {
    const { opened, call, tickAt } = await open();
    const { client } = opened.store;
    await client.indices.create({
      index: "logs-system",
      mappings: { properties: { message: { type: "text" }, "source.ip": { type: "ip" } } },
    });
    const operations = Array.from({ length: 10 }, () => [{ create: { _index: "logs-system" } }, failed]).flat();
    await client.bulk({ operations, refresh: true });
    await tickAt("2026-01-01T00:01:40Z");
    const { body } = await call({ url: "/api/alerts" });
    expect(body.alerts).toMatchObject([
      { _source: { summary: "10 ssh bruteforce attempts by 192.0.2.7 web1 (10 hits)" } },
    ]);
    const { body: listed } = await call({ url: "/api/schedules" });
    const sources = new Map(listed.schedules.map(({ name, source }) => [name, source]));
    expect([sources.get("AlertBruteforceSsh"), sources.get("AlertSSHAccess")]).toEqual(["logs", null]);
  });

  it("is said to be blind as long as no index is there", async () => {
    const { call, tickAt } = await open();
    await tickAt("2026-01-01T00:01:40Z");
    const { body } = await call({ url: "/status" });
    expect(body.status).toBe("degraded");
    expect(body.problems).toEqual([expect.objectContaining({ code: "ALERTS_BLIND", names: ["AlertBruteforceSsh"] })]);
    const { body: listed } = await call({ url: "/api/schedules" });
    expect(listed.schedules.find(({ name }) => name === "AlertBruteforceSsh")).toMatchObject({
      lastRun: {
        health: "ok",
        warnings: [{ code: "STORE_INDEX_MISSING", message: expect.stringContaining("logs-*") }],
      },
    });
  });
});
