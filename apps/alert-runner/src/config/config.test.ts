import { crontab, ecsSource, interval } from "@mozdef/alert";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { readConfig } from "./define-config.ts";
import { loadConfig } from "./load-config.ts";

const read = (config: unknown) => readConfig(config, "mozdef.config.ts");

const plugin = (name: string) => ({ name, registration: "*", onMessage: () => null });

describe("readConfig", () => {
  it("has a default for everything", () => {
    expect(read({})).toEqual({
      store: { path: "data" },
      sources: {},
      alerts: {},
      plugins: [],
      actions: {},
      inhibit: [],
      windows: [],
      listen: { host: "127.0.0.1", port: 8080 },
      intake: { syslog: { zoneMinutes: 0 } },
      limits: {
        signInsPerMinute: 60,
        bodyBytes: 16_777_216,
        eventBytes: 1_048_576,
        requestEvents: 10_000,
        inFlightBytes: expect.any(Number),
        bodyMs: 60_000,
        unpackRatio: 200,
        keyBytes: 512,
        runMs: 60_000,
        runAlerts: 1_000,
        catchUpMs: 86_400_000,
      },
      isolation: {
        mode: "process",
        permissions: "read",
        trusted: [],
        processes: expect.any(Number) as number,
        memoryBytes: 1_073_741_824,
        blockMs: 5_000,
      },
      outbound: { allow: [] },
      retention: { eventsDays: 180, serviceDays: 7, auditDays: 365, whenFull: "deleteOldestDay" },
      log: { level: "info" },
    });
  });

  it.each<[string, object, object]>([
    ["crontab", { crontab: { minute: "*/5", hour: 9 } }, crontab({ minute: "*/5", hour: 9 })],
    ["interval", { interval: { seconds: 30 } }, interval({ seconds: 30 })],
  ])("takes a schedule by %s as the API does", (_kind, schedule, expected) => {
    const config = readConfig({ alerts: { AlertX: { schedule } } }, "x.ts");
    expect(config.alerts.AlertX?.schedule).toEqual(expected);
  });

  it("takes settings of an alert", () => {
    const alerts = { AlertX: { enabled: false, schedule: crontab({ minute: "*/5" }), config: { a: 1 } } };
    expect(read({ alerts }).alerts).toEqual(alerts);
  });

  it.each([
    [{ actions: { soc: { kind: "chat" } } }, "actions.soc: send of chat is not a function"],
    [{ actions: { "a b": { kind: "chat", send: () => undefined } } }, "actions.a b: "],
    [{ plugins: [{ name: "x", registration: "Upper", onMessage: () => null }] }, "plugins.0: registration of x"],
    [{ plugins: ["a", "a"].map(plugin) }, 'plugins.1.name: there is another plugin "a"'],
    [{ routes: [{ to: ["soc"] }] }, "routes: The route 0 is wrong: to: expected names of actions (there are none)"],
    [
      {
        actions: { soc: { kind: "chat", send: () => undefined } },
        routes: [{ to: ["soc"], digest: { minute: 0, hour: 9, dayOfWeek: "mon" } }],
      },
      "routes: The route 0 is wrong: digest: it comes more seldom than deliveries are kept. Expected: at least every 6 days",
    ],
    [{ inhibit: [{ by: {}, mutes: { a: [] } }] }, "inhibit: The inhibition 0 is wrong: a: expected 1 to 1000 values"],
    [{ windows: [{ name: "a", begins: {}, lasts: "32d" }] }, 'windows: The maintenance window "a" is wrong'],
  ])("refuses the targets and plugins %j", (config, reason) => {
    expect(() => read(config)).toThrow(reason);
  });

  it("takes sources, and the source of an alert", () => {
    const sources = {
      logs: ecsSource({ indices: ["logs-*"], store: { node: "https://a:9200", auth: { apiKey: "k" } } }),
    };
    expect(read({ sources, alerts: { AlertX: { source: "logs" } } })).toMatchObject({
      sources: { logs: { indices: ["logs-*"], store: { node: "https://a:9200" } } },
      alerts: { AlertX: { source: "logs" } },
    });
  });

  it.each([
    [{ lisen: {} }, 'Unrecognized key: "lisen"'],
    [
      { packs: ["pack-a", "pack-b"], isolation: { trusted: ["pack-b", "pack-c"] } },
      'isolation.trusted.1: expected one of pack-a, pack-b, received "pack-c"',
    ],
    [{ packs: [], isolation: { trusted: ["a"] } }, "isolation.trusted.0: expected a pack under `packs`, where none is"],
    [{ listen: { prot: 1 } }, 'listen: Unrecognized key: "prot"'],
    [{ limits: { bodyBytes: "1" } }, "limits.bodyBytes: "],
    [
      { limits: { bodyBytes: 3_000, inFlightBytes: 2_000 } },
      "limits.inFlightBytes: expected at least limits.bodyBytes",
    ],
    [{ alerts: { AlertX: { shedule: 1 } } }, 'alerts.AlertX: Unrecognized key: "shedule"'],
    [
      { alerts: { AlertX: { exceptions: [{ match: { hostname: "a" } }] } } },
      'alerts.AlertX.exceptions.0: An exception has a wrong "reason"',
    ],
    [
      { alerts: { AlertX: { schedule: { crontab: { minutes: 5 } } } } },
      'alerts.AlertX.schedule: crontab: no field "minutes"',
    ],
    [
      { alerts: { AlertX: { schedule: { crontab: { minute: 5 }, timezone: "UTC" } } } },
      'alerts.AlertX.schedule: unknown key "timezone" beside "crontab"',
    ],
    [
      { alerts: { AlertX: { schedule: "* * * * *" } } },
      "alerts.AlertX.schedule: It is not a schedule. Expected: crontab({ ... })",
    ],
    [
      { alerts: { AlertX: { schedule: { kind: "crontab", minute: "1,".repeat(9_999) } } } },
      'alerts.AlertX.schedule: crontab: wrong "minute": it has 19998 characters',
    ],
    [{ store: { node: "http://x", pth: 1 } }, 'Unrecognized key: "pth"'],
    [{ store: { node: 1 } }, "(node: "],
    [{ store: { node: "http://x", tls: { authority: "a" } } }, 'tls: Unrecognized key: "authority"'],
    [{ store: { node: "http://x", timeoutMs: "1s" } }, "timeoutMs: "],
    [{ store: { node: "http://x", headers: { a: 1 } } }, "headers.a: "],
    [{ store: { node: "http://x", auth: { user: "a" } } }, "auth: expected { username, password }"],
    [{ sources: { logs: { indices: ["logs-*"] } } }, "sources.logs: expected ecsSource("],
    [{ sources: { "a b": ecsSource({ indices: ["a"] }) } }, "sources.a b: "],
    [
      { sources: { logs: ecsSource({ indices: ["logs-*"], store: { nod: "x" } }) } },
      'sources.logs.store: Unrecognized key: "nod"',
    ],
    [
      { sources: { logs: ecsSource({ indices: ["logs-*"] }) }, alerts: { AlertX: { source: "log" } } },
      'alerts.AlertX.source: expected one of logs, received "log"',
    ],
    [
      { alerts: { AlertX: { source: "log" } } },
      "alerts.AlertX.source: expected a source under `sources`, where none is",
    ],
    [{ packs: [1] }, "packs.0: expected the name of a package or an imported pack"],
    [null, "(whole)"],
  ])("refuses %j and names the key", (config, message) => {
    expect(() => read(config)).toThrow(
      expect.objectContaining({ code: "CONFIG_INVALID", message: expect.stringContaining(message) }),
    );
  });
});

describe("loadConfig", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "mozdef-config-"));
    writeFileSync(path.join(folder, "good.mjs"), "export default { listen: { port: 9000 } };");
    writeFileSync(path.join(folder, "none.mjs"), "export const config = {};");
    writeFileSync(path.join(folder, "broken.mjs"), "export default {{");
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const load = (file: string | undefined, env = {}) => loadConfig({ file, cwd: folder, env });

  it("is all defaults where there is no file", async () => {
    expect(await load(undefined)).toMatchObject({ file: null, folder, config: { listen: { port: 8080 } } });
  });

  it("reads a file, from its folder on", async () => {
    expect(await load("good.mjs")).toMatchObject({ folder, config: { listen: { host: "127.0.0.1", port: 9000 } } });
  });

  it("lets PORT and HOST win", async () => {
    const { config } = await load("good.mjs", { PORT: "0", HOST: "0.0.0.0" });
    expect(config.listen).toEqual({ host: "0.0.0.0", port: 0 });
  });

  it.each(["http", "-1", "65536", "80.5"])("refuses PORT=%s", async (PORT) => {
    await expect(load(undefined, { PORT })).rejects.toThrow(/PORT is wrong\. Expected: 0 to 65535/);
  });

  it.each([
    ["missing.mjs", "CONFIG_NOT_FOUND"],
    ["none.mjs", "CONFIG_INVALID"],
    ["broken.mjs", "CONFIG_INVALID"],
    ["mozdef.yaml", "CONFIG_INVALID"],
  ])("%s: %s", async (file, code) => {
    await expect(load(file)).rejects.toThrow(expect.objectContaining({ code, message: expect.stringContaining(file) }));
  });

  it("does not pass over a file that looks like the configuration", async () => {
    const cwd = mkdtempSync(path.join(tmpdir(), "mozdef-config-"));
    onTestFinished(() => rmSync(cwd, { recursive: true }));
    writeFileSync(path.join(cwd, "mozdef.config.yaml"), "listen: { port: 9000 }");
    await expect(loadConfig({ file: undefined, cwd, env: {} })).rejects.toThrow(
      /mozdef\.config\.yaml cannot be a configuration: it is read from TypeScript or JavaScript only/,
    );
  });
});
