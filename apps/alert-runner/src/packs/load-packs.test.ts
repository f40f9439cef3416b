import { AlertTask, definePack, eachEvent, interval } from "@mozdef/alert";
import { SearchQuery, TermMatch } from "@mozdef/query";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { loadPacks } from "./load-packs.ts";

class AlertA extends AlertTask.withConfig(z.object({ limit: z.number().default(1) })) {
  main() {
    return eachEvent(SearchQuery({ minutes: 1 }).must(TermMatch("category", "a")));
  }
}
const schedule = interval({ minutes: 1 });
const pack = definePack({ alerts: { AlertA: { task: AlertA, schedule } } });

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "mozdef-packs-"));
  const install = (name: string, code: string): void => {
    mkdirSync(path.join(folder, "node_modules", name), { recursive: true });
    const manifest = { name, version: "1.2.3", type: "module", exports: { ".": { default: "./index.js" } } };
    writeFileSync(path.join(folder, "node_modules", name, "package.json"), JSON.stringify(manifest));
    writeFileSync(path.join(folder, "node_modules", name, "index.js"), code);
  };
  install(
    "pack-good",
    'export default { [Symbol.for("@mozdef/alert/pack")]: 1, alerts: {}, rules: [], parsers: [], fields: {} };',
  );
  install("pack-throws", 'throw new Error("no license");');
  install("pack-empty", "export const x = 1;");
  install("pack-nonsense", "export default { alerts: {} };");
  install("pack-old", 'export default { [Symbol.for("@mozdef/alert/pack")]: 0, alerts: { A: {} } };');
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("loadPacks", () => {
  it("takes an imported pack", async () => {
    const { packs, failures } = await loadPacks([pack], folder);
    expect(packs.map(({ source }) => source)).toEqual(["packs.0"]);
    expect(failures).toEqual([]);
  });

  it("says which version a package has", async () => {
    const { versions } = await loadPacks(["pack-good", pack], folder);
    expect(versions).toEqual({ "pack-good": "1.2.3" });
  });

  it("loads no code of a pack that is not wanted, and calls the others what they are called among all", async () => {
    const loaded = await loadPacks(["pack-throws", pack], folder, (source) => source !== "pack-throws");
    expect(loaded.packs.map(({ source }) => source)).toEqual(["packs.1"]);
    expect(loaded.failures).toEqual([]);
  });

  it.each([
    ["pack-throws", "PACK_LOAD_FAILED", "no license"],
    ["pack-empty", "PACK_LOAD_FAILED", "no default export"],
    ["pack-nonsense", "PACK_INVALID", "definePack"],
    ["pack-old", "ALERT_VERSION_INCOMPATIBLE", "version 0"],
    ["pack-that-is-nowhere", "PACK_NOT_FOUND", "There is no package pack-that-is-nowhere"],
  ])("reports %s and goes on with the others", async (name, code, message) => {
    const { packs, failures } = await loadPacks([name, pack], folder);
    expect(packs).toHaveLength(1);
    expect(failures).toEqual([{ source: name, code, message: expect.stringContaining(message) }]);
  });
});
