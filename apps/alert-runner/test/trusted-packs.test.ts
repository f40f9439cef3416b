import type { TaskRef } from "@mozdef/alert-engine";
import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { loadConfig } from "../src/config/load-config.ts";
import { startAlertProcesses } from "../src/host/start-alert-process.ts";
import { createSite, runCommand } from "./support/service-process.ts";
import { testStore } from "./support/test-store.ts";

const packAt = (name: string): string => path.join(import.meta.dirname, `support/${name}-pack.ts`);
const NOW = new Date("2026-01-01T00:00:00Z");

/** The processes of a service with two packs, one of them trusted, and what its alerts have done. */
const start = async () => {
  const { folder, remove } = createSite("{}");
  onTestFinished(remove);
  const names = ["trusted", "untrusted"].flatMap((name) => [`${name}:writes`, `${name}:starts`]);
  const traceOf = (name: string): string => path.join(folder, name.replace(":", "-"));
  const alerts = Object.fromEntries(names.map((name) => [name, { config: { path: traceOf(name) } }]));
  const isolation = { processes: 1, trusted: [packAt("trusted")] };
  const settings = { packs: [packAt("trusted"), packAt("untrusted")], isolation, alerts };
  writeFileSync(path.join(folder, "mozdef.config.mjs"), `export default ${JSON.stringify(settings)};\n`);
  const { config, file } = await loadConfig({ cwd: folder, env: {} });
  const opened = await testStore(NOW);
  const log = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  const parts = { isolation: config.isolation, file, indices: [], store: opened.store, services: { log } };
  // Flags of the test runner are not for the processes of alerts.
  vi.spyOn(process, "execArgv", "get").mockReturnValue(["--conditions=@mozdef/source"]);
  const host = startAlertProcesses(parts);
  onTestFinished(async () => {
    host.close();
    vi.restoreAllMocks();
    await opened.close();
  });
  const reach = async (tasks: readonly TaskRef[]) => {
    const planned = await host.plan(tasks, { now: NOW, timeoutMs: 30_000 });
    return planned.map(({ errors }, index) => ({
      done: existsSync(traceOf(tasks[index]?.name ?? "")),
      said: errors.map(({ message }) => message).join(),
    }));
  };
  return { reach };
};

const refOf = (pack: string, name: string): TaskRef => ({ id: name, name, pack: packAt(pack) });
const refused = { done: false, said: expect.stringContaining("Access to this API has been restricted") };
const done = { done: true, said: "" };

describe("packs that are trusted", { timeout: 60_000 }, () => {
  it("may write files and start programs, while others beside them may not", async () => {
    const { reach } = await start();
    const tasks = [
      refOf("untrusted", "untrusted:writes"),
      refOf("trusted", "trusted:writes"),
      refOf("untrusted", "untrusted:starts"),
      refOf("trusted", "trusted:starts"),
    ];
    expect(await reach(tasks)).toEqual([refused, done, refused, done]);
  });

  it("have a process that does not load the code of others", async () => {
    const { reach } = await start();
    expect(await reach([refOf("trusted", "untrusted:writes")])).toEqual([
      { done: false, said: expect.stringContaining("The host has no alert untrusted:writes") },
    ]);
  });

  it("have to be among those that are loaded: another name stops the start, and the known ones are said", async () => {
    const site = createSite(`{ packs: ["@mozdef/alerts-ssh"], isolation: { trusted: ["@mozdef/alerts-shh"] } }`);
    onTestFinished(site.remove);
    const { code, output } = await runCommand(site, []);
    expect(code).toBe(2);
    expect(output).toContain('isolation.trusted.0: expected one of @mozdef/alerts-ssh, received "@mozdef/alerts-shh"');
  });
});
