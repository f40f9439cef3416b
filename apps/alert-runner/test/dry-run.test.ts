import { Client } from "@elastic/elasticsearch";
import { ecsSource } from "@mozdef/alert";
import sshPack from "@mozdef/alerts-ssh";
import { createRegistry } from "@mozdef/alert-engine";
import { createAlertStore, setUpStore } from "@mozdef/alert-store";
import { EmbeddedSearch } from "@mozdef/embedded-search";
import { pino } from "pino";
import { describe, expect, it } from "vitest";
import { readConfig } from "../src/config/define-config.ts";
import { planReport, planStore } from "../src/service/plan-store.ts";
import { runOnce } from "../src/service/run-once.ts";
import type { OpenedStore } from "../src/store/opened-store.ts";

const NOW = new Date("2026-01-01T12:00:00Z");
const log = pino({ level: "silent" });

/** A cluster that somebody else has used already, as far as the service can tell. */
const cluster = async () => {
  const search = new EmbeddedSearch({ now: () => NOW });
  const client = new Client({ node: "http://embedded", Connection: search.Connection });
  const store = createAlertStore({ client, hostname: "test" });
  const opened: OpenedStore = { store, kind: "cluster", where: "http://cluster", close: () => client.close() };
  await client.indices.create({ index: "events-20200101" });
  const config = readConfig(
    {
      store: { node: "http://cluster" },
      sources: { logs: ecsSource({ indices: ["logs-*"] }) },
      alerts: { AlertBruteforceSsh: { enabled: true, source: "logs" } },
    },
    "test",
  );
  const registry = await createRegistry([{ source: "ssh", pack: sshPack }], config.alerts);
  const indices = async () => Object.keys(await client.indices.get({ index: "*" })).sort();
  return { client, store, opened, config, registry, indices };
};

describe("--dry-run", () => {
  it("says what the start would do, and changes nothing", async () => {
    const { opened, config, registry, indices } = await cluster();
    const before = await indices();
    const plan = await planStore({
      config,
      registry,
      open: () => ({ ...opened, close: () => Promise.resolve() }),
      now: NOW,
    });
    expect(await indices()).toEqual(before);
    expect(plan.foreign).toEqual(["events-20200101"]);
    const created = plan.writes.filter(({ action }) => action === "create index").flatMap(({ names }) => names);
    expect(created).toEqual(expect.arrayContaining(["events-20260101", "events-20260102", "coverage-202601"]));
    const report = planReport(plan);
    expect(report).toMatch(/^would put template: mozdef-events$/m);
    expect(report).toMatch(/^would move aliases: events -> events-20260101, events-previous -> events-20251231/m);
    expect(report).toMatch(/^leaves alone, since somebody else made them: events-20200101$/m);
    expect(report).toMatch(/Nothing was changed \(--dry-run\)\.$/);
    expect(report).not.toContain("delete");
  });

  it("names expired days, and has nothing to do for what is in place", async () => {
    const { store, opened, config, registry } = await cluster();
    await setUpStore(store, new Date("2025-01-01T12:00:00Z"));
    await setUpStore(store, NOW, { fields: registry.fields, indices: registry.indices });
    const { writes } = await planStore({ config, registry, open: () => opened, now: NOW });
    const deleted = writes.filter(({ action }) => action === "delete index").flatMap(({ names }) => names);
    expect(deleted.sort()).toEqual([
      ...["coverage-202501", "deliveries-20250101"],
      ...["events-20241231", "events-20250101", "slots-20250101"],
    ]);
    expect(writes.some(({ action }) => action === "put template")).toBe(false);
  });

  it("refuses a store that is the service's own", async () => {
    const { registry } = await cluster();
    const open = () => {
      throw new Error("opened");
    };
    await expect(planStore({ config: readConfig({}, "test"), registry, open, now: NOW })).rejects.toMatchObject({
      code: "OPTION_INVALID",
      message: expect.stringContaining("--dry-run says what would be done to a cluster"),
    });
  });

  it("with --once makes alerts and stores none", async () => {
    const { client, opened, config, registry, indices } = await cluster();
    await client.indices.create({
      index: "logs-1",
      mappings: { properties: { message: { type: "text" }, source: { properties: { ip: { type: "ip" } } } } },
    });
    const event = {
      "@timestamp": NOW,
      message: "Failed password for invalid user a",
      process: { name: "sshd" },
      source: { ip: "192.0.2.7" },
    };
    const operations = Array.from({ length: 10 }, () => [{ create: { _index: "logs-1" } }, event]).flat();
    await client.bulk({ operations, refresh: true });
    const before = await indices();
    const results = await runOnce({ config, registry, opened, log, at: NOW, isDry: true });
    const made = results.find(({ task }) => task === "AlertBruteforceSsh");
    expect(made?.alerts.map(({ _source }) => _source.summary)).toEqual([
      expect.stringContaining("10 ssh bruteforce attempts by 192.0.2.7"),
    ]);
    expect(await indices()).toEqual(before);
  });
});
