import { createRegistry } from "@mozdef/alert-engine";
import sshPack from "@mozdef/alerts-ssh";
import { webhook } from "@mozdef/alert-actions";
import { describe, expect, it } from "vitest";
import { geoip } from "@mozdef/alert-plugins";
import { definePlugin } from "@mozdef/alert/runtime";
import { readConfig } from "../config/define-config.ts";
import { checkPlugins } from "./check-plugins.ts";
import { configReport, shownConfig } from "./config-report.ts";

describe("config show", () => {
  it("has the defaults, and no secret", () => {
    const config = readConfig(
      {
        store: {
          node: "https://me:hush@search.example.org:9200",
          auth: { apiKey: "hush" },
          headers: { "x-key": "hush" },
          tls: { ca: "ca.pem" },
        },
        alerts: {
          AlertWatchList: {
            config: {
              api_url: "https://watch.example/list?token=hush",
              jwt_secret: "hush",
              other: { api_key: "hush" },
            },
          },
        },
        watchdog: { url: "https://dead.example.org/hush" },
        actions: { soar: webhook({ url: "https://soar.example.org", secret: "aHVzaGh1c2hodXNoaHVzaGh1c2hodXNo" }) },
      },
      "x",
    );
    const shown = shownConfig({ config });
    expect(shown).not.toMatch(/hush|aHVz/);
    expect(JSON.parse(shown)).toMatchObject({
      store: { node: "https://***@search.example.org:9200", auth: { apiKey: "***" }, tls: { ca: "ca.pem" } },
      watchdog: { url: "https://dead.example.org/***" },
      actions: { soar: { kind: "webhook", send: "(code)" } },
      alerts: { AlertWatchList: { config: { api_url: "https://watch.example/list?***", jwt_secret: "***" } } },
      listen: { port: 8080 },
    });
  });
});

const NOTHING = { failures: [], warnings: [] };

describe("config check", () => {
  const reportOf = async (alerts: Record<string, { enabled: boolean }>) => {
    const registry = await createRegistry([{ source: "ssh", pack: sshPack }], alerts);
    return configReport({ config: readConfig({ alerts }, "x"), file: "mozdef.config.ts" }, registry, NOTHING);
  };

  it("says when the service would not be started at its address", async () => {
    const registry = await createRegistry([], {});
    const config = readConfig({ listen: { host: "0.0.0.0" } }, "x");
    const { text, isWhole } = configReport({ config, file: "mozdef.config.ts" }, registry, NOTHING);
    expect([isWhole, text]).toEqual([
      false,
      expect.stringContaining("ERROR listen: The service does not start: on 0.0.0.0"),
    ]);
  });

  it("says what would run", async () => {
    const { text, isWhole } = await reportOf({ AlertSSHManyConns: { enabled: false } });
    expect(isWhole).toBe(true);
    expect(text).toMatch(/^ok {4}AlertSSHAccess \(ssh\): /m);
    expect(text).not.toContain("AlertSSHManyConns");
    expect(text).toMatch(/^mozdef\.config\.ts is right: \d+ of \d+ alerts are enabled\.$/m);
  });

  it("says what is set for an alert that there is not", async () => {
    const { text, isWhole } = await reportOf({ AlertSshManyCons: { enabled: false } });
    expect(isWhole).toBe(false);
    expect(text).toContain("ERROR alerts.AlertSshManyCons: no pack has an alert of this name");
  });

  it("says what cannot be loaded", async () => {
    const failures = [{ source: "./packs/a.ts", code: "PACK_INVALID", message: "it has no default export" }];
    const registry = await createRegistry([{ source: "ssh", pack: sshPack }], {}, failures);
    const { text, isWhole } = configReport({ config: readConfig({}, "x"), file: null }, registry, NOTHING);
    expect(isWhole).toBe(false);
    expect(text).toContain("ERROR ./packs/a.ts: it has no default export");
  });

  it("warns of routes that leave alerts out", async () => {
    const registry = await createRegistry([{ source: "ssh", pack: sshPack }], {});
    const reportWith = (routes: object[]) => {
      const config = readConfig({ actions: { soar: webhook({ url: "https://soar.example.org" }) }, routes }, "x");
      return configReport({ config, file: null }, registry, NOTHING);
    };
    const { text, isWhole } = reportWith([{ match: { severity: "ERROR" }, to: ["soar"] }]);
    expect(isWhole).toBe(true);
    expect(text).toMatch(/^WARN {2}routes: there are alerts that fit none, and go to nobody\./m);
    expect(reportWith([{ to: ["soar"] }]).text).not.toContain("WARN");
  });

  it("has plugins read what they need, and names them by their keys", async () => {
    const registry = await createRegistry([{ source: "ssh", pack: sshPack }], {});
    const warning = definePlugin({
      ...{ name: "list", registration: "*", onMessage: (alert) => alert },
      prepare: ({ log }) => log.error("it is old"),
    });
    const config = readConfig({ plugins: [warning, geoip({ files: ["none.mmdb"] })] }, "x");
    const checked = await checkPlugins(config.plugins, { now: new Date(0), fetch });
    const { text, isWhole } = configReport({ config, file: null }, registry, checked);
    expect(isWhole).toBe(false);
    expect(text).toMatch(/^WARN {2}plugins\.0 \(list\): it is old$/m);
    expect(text).toMatch(/^ERROR plugins\.1 \(geoip\): .*none\.mmdb/m);
    expect(text).toContain("The default configuration is wrong");
  });
});
