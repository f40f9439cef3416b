import { cpSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { EmbeddedSearch } from "../../src/index.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "embedded-search-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const pathOf = (name: string): string => join(folder, name);

const fileOf = (name: string): string => EmbeddedSearch.fileIn(pathOf(name));

const bytesOf = (name: string): number =>
  ["", "-wal"].reduce((sum, suffix) => sum + statSync(fileOf(name) + suffix).size, 0);

const open = (name: string): EmbeddedSearch => new EmbeddedSearch({ path: pathOf(name), segmentDocuments: 1_000 });

const ask = async (store: EmbeddedSearch, method: string, target: string, body?: object | string) => {
  const [path = "", querystring] = target.split("?");
  const text = typeof body === "object" ? JSON.stringify(body) : body;
  const answer = await store.handle({ method, path, querystring, body: text });
  return { status: answer.statusCode, body: JSON.parse(answer.body) };
};

/** More than is dropped at once. */
const DOCUMENTS = 10_000;

const fill = async (store: EmbeddedSearch, index: string, count = DOCUMENTS): Promise<void> => {
  for (let n = 0; n < count; n += 1_000) {
    const lines = Array.from({ length: 1_000 }, (_, i) => [
      JSON.stringify({ index: { _id: String(n + i) } }),
      JSON.stringify({ n: n + i, text: `word${n + i} ${"x".repeat(300)}` }),
    ]);
    await ask(store, "POST", `/${index}/_bulk?refresh`, `${lines.flat().join("\n")}\n`);
  }
};

const left = (name: string, table: string): number => {
  const database = new DatabaseSync(fileOf(name));
  const found = database.prepare("SELECT 1 FROM sqlite_master WHERE name = ?").get(table);
  const rows = found && database.prepare(`SELECT count(*) AS rows FROM ${table}`).get();
  database.close();
  return Number(rows?.rows ?? 0);
};

describe("a large index that is deleted", () => {
  it("is gone for everybody at once, and its disk is given back soon after", async () => {
    const store = open("data");
    await fill(store, "large");
    await fill(store, "other", 1_000);
    const full = bytesOf("data");
    expect((await ask(store, "DELETE", "/large")).status).toBe(200);
    expect((await ask(store, "GET", "/large/_doc/1")).status).toBe(404);
    await ask(store, "PUT", "/large/_doc/new?refresh", { n: 1 });
    expect((await ask(store, "GET", "/large/_count")).body.count).toBe(1);
    await vi.waitFor(() => expect(bytesOf("data")).toBeLessThan(full / 2), { timeout: 20_000 });
    expect((await ask(store, "GET", "/other/_count")).body.count).toBe(1_000);
    expect((await ask(store, "GET", "/large/_count")).body.count).toBe(1);
    await store.close();
  });

  it("has most of its rows still when it is answered, and loses them after a kill, too", async () => {
    const store = open("data");
    await fill(store, "large");
    await ask(store, "DELETE", "/large");
    cpSync(pathOf("data"), pathOf("killed"), { recursive: true });
    await store.close();
    expect(left("killed", "documents_1")).toBeGreaterThan(DOCUMENTS / 2);
    expect(left("killed", "segment_parts")).toBeGreaterThan(0);

    const again = open("killed");
    expect((await ask(again, "GET", "/large/_count")).status).toBe(404);
    // An index that is made now gets neither its number nor its documents.
    await ask(again, "PUT", "/large/_doc/new?refresh", { n: 1 });
    expect((await ask(again, "POST", "/large/_search", {})).body.hits.total.value).toBe(1);
    await vi.waitFor(
      async () => {
        cpSync(pathOf("killed"), pathOf("copy"), { recursive: true });
        expect(left("copy", "documents_1")).toBe(0);
        expect(left("copy", "dropped_indices")).toBe(0);
        await Promise.resolve();
      },
      { timeout: 20_000, interval: 200 },
    );
    expect(left("copy", "segment_parts")).toBe(0);
    await again.close();
  });

  it("is dropped by requests that leave no time to anything else, too", async () => {
    const store = open("data");
    await fill(store, "large");
    const full = bytesOf("data");
    await ask(store, "DELETE", "/large");
    // None of these lets a timer fire.
    for (let asked = 0; bytesOf("data") > full / 2; asked++) {
      expect(asked).toBeLessThan(1_000_000);
      await ask(store, "GET", "/");
    }
    await store.close();
  });
});
