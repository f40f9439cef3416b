import { createRegistry } from "@mozdef/alert-engine";
import sshPack from "@mozdef/alerts-ssh";
import { webhook } from "@mozdef/alert-actions";
import { describe, expect, it } from "vitest";
import { readConfig } from "../config/define-config.ts";
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
      listen: { port: 8080 },
    });
  });
});

describe("config check", () => {
  const reportOf = async (alerts: Record<string, { enabled: boolean }>) => {
    const registry = await createRegistry([{ source: "ssh", pack: sshPack }], alerts);
    return configReport({ config: readConfig({ alerts }, "x"), file: "mozdef.config.ts" }, registry);
  };

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
    const { text, isWhole } = configReport({ config: readConfig({}, "x"), file: null }, registry);
    expect(isWhole).toBe(false);
    expect(text).toContain("ERROR ./packs/a.ts: it has no default export");
  });
});
