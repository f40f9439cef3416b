import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { createBackups } from "../src/backups/backups.ts";
import {
  createSite,
  EVERY_SECOND,
  failedLogins,
  type ListedAlerts,
  request,
  runCommand,
  type Site,
  startService,
} from "./support/service-process.ts";
import { freePort } from "./support/free-port.ts";
import { testService } from "./support/test-service.ts";

const newFolder = (): string => {
  const folder = mkdtempSync(path.join(tmpdir(), "mozdef-backups-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
};

describe("the commands backup and restore", { timeout: 90_000 }, () => {
  const newSite = (port: number): Site => {
    const site = createSite(EVERY_SECOND.replace("{", `{ listen: { port: ${port} },`));
    onTestFinished(site.remove);
    return site;
  };
  const started = async (site: Site, port: number) => {
    const service = await startService(site, "source", port);
    onTestFinished(async () => {
      await service.end("SIGKILL");
    });
    const total = async () => (await request<ListedAlerts>(`${service.url}/api/alerts`)).total;
    const attack = (address: string) => request(`${service.url}/events`, "POST", failedLogins(address, "web1"));
    return { ...service, total, attack };
  };
  const until = { timeout: 15_000, interval: 100 };

  it("copy the store of a service at work, and another one goes on from there", async () => {
    const [port, second] = [await freePort(), await freePort()];
    const [site, other] = [newSite(port), newSite(second)];
    const service = await started(site, port);
    await service.attack("192.0.2.7");
    await expect.poll(service.total, until).toBe(1);
    let acknowledged = 0;
    const posts = { areDone: false };
    const posting = (async () => {
      for (; !posts.areDone; acknowledged += 1)
        await request(`${service.url}/events`, "POST", { summary: `event ${acknowledged}`, category: "filler" });
    })();
    const file = path.join(newFolder(), "one.sqlite");
    await expect.poll(() => acknowledged, until).toBeGreaterThan(10);
    const before = acknowledged;
    expect(await runCommand(site, ["backup", file])).toMatchObject({ code: 0 });
    posts.areDone = true;
    await posting;
    expect(acknowledged).toBeGreaterThan(before);
    expect(readdirSync(path.join(site.folder, "data/backups"))).toEqual([]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const inUse = await runCommand(site, ["restore", file, "--replace"]);
    expect(inUse).toMatchObject({
      code: 1,
      output: expect.stringContaining("is in use by another process") as unknown,
    });

    expect(await runCommand(other, ["restore", file])).toMatchObject({ code: 0 });
    expect(await runCommand(other, ["restore", file])).toMatchObject({ code: 1 });
    const { output } = await runCommand(other, ["export", "-", "--only", "events"]);
    const fillers = output.split("\n").filter((line) => line.includes('"filler"'));
    expect(fillers.length).toBeGreaterThanOrEqual(before);
    const again = await started(other, second);
    await request(`${again.url}/api/schedules/AlertBruteforceSsh/run`, "POST");
    expect(await again.total()).toBe(1);
    await again.attack("192.0.2.8");
    await expect.poll(again.total, until).toBe(2);
  });

  it("work without a service, and tell what is in the way", async () => {
    const port = await freePort();
    const site = newSite(port);
    const missing = await runCommand(site, ["backup"]);
    expect(missing).toMatchObject({
      code: 1,
      output: expect.stringContaining("There is no embedded store") as unknown,
    });
    const service = await started(site, port);
    await service.end("SIGTERM");
    const { code, output } = await runCommand(site, ["backup"]);
    expect(code).toBe(0);
    expect(output).toMatch(/data\/backups\/mozdef-.*\.sqlite: \d+ bytes in \d+ ms/);
    writeFileSync(path.join(site.folder, "mozdef.config.mjs"), 'export default { store: { node: "http://a:9200" } };');
    for (const words of [["backup"], ["restore", "x"]])
      expect(await runCommand(site, words)).toMatchObject({
        code: 2,
        output: expect.stringContaining("the store of this configuration is a cluster") as unknown,
      });
  });
});

describe("POST /api/backups", () => {
  it("says that another store has none", async () => {
    const { call } = await testService({ packs: [] });
    const { status, body } = await call({ method: "POST", url: "/api/backups" });
    expect([status, body]).toMatchObject([409, { error: { code: "BACKUP_UNSUPPORTED" } }]);
  });
});

describe("backups", () => {
  const made = (changes: { freeDiskBytes?: number } = {}) => {
    const folder = newFolder();
    const file = path.join(folder, "store");
    writeFileSync(file, "x");
    let day = 0;
    const copy = (to: string) => {
      writeFileSync(to, "copy");
      return Promise.resolve({ bytes: 4 });
    };
    const now = () => new Date(Date.UTC(2026, 0, (day += 1)));
    const backups = createBackups({
      folder: path.join(folder, "b"),
      keep: 2,
      file,
      freeDiskBytes: 1,
      copy,
      now,
      ...changes,
    });
    return { backups, names: () => readdirSync(path.join(folder, "b")), folder: path.join(folder, "b") };
  };

  it("are the newest ones of the service's own, and nothing that was not finished", async () => {
    const { backups, names, folder } = made();
    await backups.make();
    for (const name of ["mine.sqlite", "mozdef-2025-01-01T00-00-00-000Z.sqlite.unfinished"])
      writeFileSync(path.join(folder, name), "");
    await backups.make();
    await backups.make();
    expect(names()).toEqual([
      "mine.sqlite",
      "mozdef-2026-01-02T00-00-00-000Z.sqlite",
      "mozdef-2026-01-03T00-00-00-000Z.sqlite",
    ]);
  });

  it("are made one at a time, and only where there is room", async () => {
    const { backups } = made();
    const [first, second] = await Promise.allSettled([backups.make(), backups.make()]);
    expect([first.status, second]).toMatchObject(["fulfilled", { reason: { code: "BACKUP_RUNNING" } }]);
    const full = made({ freeDiskBytes: Number.MAX_SAFE_INTEGER / 4 });
    await expect(full.backups.make()).rejects.toMatchObject({ code: "BACKUP_NO_ROOM", statusCode: 507 });
    expect(full.names()).toEqual([]);
  });
});
