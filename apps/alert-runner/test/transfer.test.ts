import { createRegistry } from "@mozdef/alert-engine";
import { renewRunner, saveEvents, setUpStore } from "@mozdef/alert-store";
import { mkdtempSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { ExportCommand } from "../src/cli/parse-args.ts";
import { runExport, runImport, type TransferParts } from "../src/cli/transfer.ts";
import { doorPack } from "./support/alerts.ts";
import { createSite, runCommand } from "./support/service-process.ts";
import { testStore } from "./support/test-store.ts";

const NOW = new Date("2026-01-01T12:00:00Z");
const EVERYTHING: Pick<ExportCommand, "kinds" | "since" | "config" | "kind"> = {
  ...{ kind: "export", config: undefined, since: undefined },
  kinds: ["events", "alerts", "service"],
};

const newFolder = (): string => {
  const folder = mkdtempSync(path.join(tmpdir(), "mozdef-transfer-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
};

const parts = async (): Promise<TransferParts & { readonly said: string[] }> => {
  const opened = await testStore(NOW);
  onTestFinished(opened.close);
  const said: string[] = [];
  const registry = await createRegistry([{ source: "doors", pack: doorPack }], {});
  return { registry, opened, now: NOW, said, pause: () => Promise.resolve(), say: (line) => void said.push(line) };
};

const filled = async () => {
  const made = await parts();
  await saveEvents(made.opened.store, [{ summary: "a" }, { summary: "b" }], { now: NOW });
  return made;
};

const importOf = (file: string) => ({ kind: "import" as const, config: undefined, file, replaces: false });

describe("export and import", () => {
  it.each(["all.ndjson", "all.ndjson.gz"])("carry %s from one store to another", async (name) => {
    const file = path.join(newFolder(), name);
    const [from, to] = [await filled(), await parts()];
    expect(await runExport({ ...EVERYTHING, file }, from)).toBe(0);
    expect(from.said).toEqual([`2 documents of ${from.opened.where} are in ${file}`]);
    expect(readdirSync(path.dirname(file))).toEqual([name]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const bytes = readFileSync(file);
    expect((name.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString()).toMatch(/^\{"mozdef-alerts":"export"/);
    expect(await runImport(importOf(file), to)).toBe(0);
    expect(to.said.at(-1)).toContain(": 2 written (0 events");
    expect(await runImport(importOf(file), to)).toBe(0);
    expect(to.said.at(-1)).toContain(
      ': 0 written (0 events with a part of them in "unmapped"), 2 there already, 0 refused',
    );
  });

  it("tell of a packed file that was cut off, also within a line", async () => {
    const file = path.join(newFolder(), "all.ndjson.gz");
    await runExport({ ...EVERYTHING, file }, await filled());
    truncateSync(file, statSync(file).size - 20);
    await expect(runImport(importOf(file), await parts())).rejects.toMatchObject({ code: "STORE_TRANSFER_INCOMPLETE" });
  });

  it("end with 1 for what was refused, and say it", async () => {
    const file = path.join(newFolder(), "all.ndjson");
    writeFileSync(
      file,
      [
        { "mozdef-alerts": "export", format: 1 },
        { index: "pets", id: "1", source: { a: 1 } },
        { end: { documents: 1, indices: { pets: 1 } } },
      ]
        .map((line) => `${JSON.stringify(line)}\n`)
        .join(""),
    );
    const to = await parts();
    expect(await runImport(importOf(file), to)).toBe(1);
    expect(to.said[0]).toMatch(/^refused: pets\/1: neither the service nor a pack/);
  });

  it("overwrite no file, leave no part of one, and miss one that is not there", async () => {
    const file = path.join(newFolder(), "all.ndjson");
    await expect(runImport(importOf(file), await parts())).rejects.toMatchObject({ code: "OPTION_INVALID" });
    const from = await filled();
    vi.spyOn(from.opened.store.client, "openPointInTime").mockRejectedValue(new TypeError("broken"));
    await expect(runExport({ ...EVERYTHING, file }, from)).rejects.toThrow("broken");
    expect(readdirSync(path.dirname(file))).toEqual([]);
    writeFileSync(file, "mine");
    await expect(runExport({ ...EVERYTHING, file }, await filled())).rejects.toMatchObject({ code: "OPTION_INVALID" });
    expect(readFileSync(file, "utf8")).toBe("mine");
  });

  it("name packs that could not be loaded: nobody knows what they keep", async () => {
    const file = path.join(newFolder(), "all.ndjson");
    const from = await filled();
    const failure = { source: "@example/gone", code: "PACK_NOT_FOUND", message: "it is not there" };
    const registry = await createRegistry([], {}, [failure]);
    expect(await runExport({ ...EVERYTHING, file }, { ...from, registry })).toBe(1);
    expect(from.said.at(-1)).toContain("ERROR @example/gone: what it keeps is left out: it is not there");
  });

  it("refuse to work beside a runner on a cluster, but for events alone", async () => {
    const file = path.join(newFolder(), "all.ndjson");
    const from = await filled();
    let renewals = 0;
    const said = { id: "a", host: "web1", version: "1.0.0", packs: {}, standstill: null };
    const renew = () => renewRunner(from.opened.store, { ...said, renewals: (renewals += 1) });
    await renew();
    const opened = { ...from.opened, kind: "cluster" as const };
    await expect(runExport({ ...EVERYTHING, file }, { ...from, opened, pause: renew })).rejects.toMatchObject({
      code: "RUNNERS_AT_WORK",
    });
    await runExport({ ...EVERYTHING, file }, { ...from, opened });
    await expect(runImport(importOf(file), { ...from, opened, pause: renew })).rejects.toMatchObject({
      code: "RUNNERS_AT_WORK",
    });
    await rm(file);
    expect(await runExport({ ...EVERYTHING, kinds: ["events"], file }, { ...from, opened })).toBe(0);
  });
});

describe("the commands", { timeout: 60_000 }, () => {
  it("write to standard output and nothing else there, and miss a store that is not there", async () => {
    const site = createSite("{ packs: [] }");
    onTestFinished(site.remove);
    const missing = await runCommand(site, ["export", "-"]);
    expect(missing).toMatchObject({
      code: 1,
      output: expect.stringContaining("There is no embedded store") as unknown,
    });
    const { opened } = await filled();
    await setUpStore(opened.store, NOW);
    const file = path.join(site.folder, "all.ndjson");
    await runExport({ ...EVERYTHING, file }, { ...(await filled()), say: () => undefined });
    expect(await runCommand(site, ["import", file])).toMatchObject({ code: 0 });
    const { code, output } = await runCommand(site, ["export", "-"]);
    expect(code).toBe(0);
    const lines = output.trimEnd().split("\n");
    expect(lines.filter((line) => line.startsWith("{"))).toHaveLength(4);
    expect(lines.filter((line) => !line.startsWith("{"))).toEqual([
      expect.stringMatching(/^2 documents of .* are in standard output$/),
    ]);
  });
});
