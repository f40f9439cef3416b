import { Client } from "@elastic/elasticsearch";
import { ecsSource, interval, mozdefSource } from "@mozdef/alert";
import sshPack from "@mozdef/alerts-ssh";
import { createAlertStore, setUpStore } from "@mozdef/alert-store";
import { EmbeddedSearch } from "@mozdef/embedded-search";
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
      alerts: { AlertBruteforceSsh: { enabled: true, source: "logs", schedule: interval({ minutes: 1 }) } },
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

/** A cluster with the indices of a MozDef that runs on, and the service below a prefix. */
const besideMozdef = async (now: Date) => {
  const search = new EmbeddedSearch({ now: () => now });
  const client = new Client({ node: "http://embedded", Connection: search.Connection });
  await client.indices.create({
    index: "events-20260101",
    aliases: { events: {} },
    mappings: {
      properties: {
        utctimestamp: { type: "date" },
        receivedtimestamp: { type: "date" },
        summary: { type: "text" },
        hostname: { type: "keyword" },
        alert_names: { type: "keyword" },
        details: { properties: { program: { type: "keyword" }, sourceipaddress: { type: "ip" } } },
      },
    },
  });
  const store = createAlertStore({ client, prefix: "soc-" });
  await setUpStore(store, now);
  return { store, kind: "embedded" as const, where: "memory", close: () => client.close() };
};

describe("the service beside a MozDef that runs on", () => {
  it("reads its events, alerts in indices of its own, and touches nothing", async () => {
    const { opened, tickAt, call } = await testService({
      packs: [sshPack],
      config: {
        sources: { mozdef: mozdefSource({ indices: ["events-*"] }) },
        alerts: { AlertBruteforceSsh: { enabled: true, source: "mozdef", schedule: interval({ minutes: 1 }) } },
      },
      openStore: besideMozdef,
    });
    const { client } = opened.store;
    const event = {
      utctimestamp: "2026-01-01T00:00:40Z",
      summary: "login failed",
      hostname: "web1",
      // MozDef has alerted on them: that says nothing about this service.
      alert_names: ["AlertBruteforceSsh"],
      details: { program: "sshd", sourceipaddress: "192.0.2.7" },
    };
    const operations = Array.from({ length: 10 }, () => [{ create: { _index: "events-20260101" } }, event]).flat();
    await client.bulk({ operations, refresh: true });
    const theirs = async () => ({
      documents: (await client.search({ index: "events-20260101", seq_no_primary_term: true })).hits.hits,
      aliases: await client.indices.getAlias({ index: "events-20260101" }),
    });
    const before = await theirs();
    await tickAt("2026-01-01T00:01:40Z");
    await tickAt("2026-01-01T00:02:40Z");
    const { body } = await call({ url: "/api/alerts" });
    expect(body.alerts.map(({ _source }) => _source.summary)).toEqual([
      "10 ssh bruteforce attempts by 192.0.2.7 web1 (10 hits)",
    ]);
    const { hits } = await client.search<{ event: unknown }>({ index: "soc-coverage-*", size: 1 });
    expect(hits.hits[0]?._source?.event).toMatchObject({ index: "mozdef:events-20260101" });
    expect(await theirs()).toEqual(before);
    expect(Object.keys(await client.indices.get({ index: "*" })).filter((name) => !name.startsWith("soc-"))).toEqual([
      "events-20260101",
    ]);
  });
});
