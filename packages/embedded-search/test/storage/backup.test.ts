import { EmbeddedSearch, backupStore, restoreStore } from "@mozdef/embedded-search";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";

const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "embedded-backup-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

const opened = (path: string): EmbeddedSearch => {
  const store = new EmbeddedSearch({ path });
  onTestFinished(() => store.close().catch(() => undefined));
  return store;
};

const ask = async (store: EmbeddedSearch, method: string, path: string, body = "") => {
  const headers = { "content-type": "application/json" };
  const answer = await store.handle({ method, path, querystring: "", headers, body });
  return { status: answer.statusCode, body: JSON.parse(answer.body) as { readonly count: number } };
};

/** One request. */
const write = async (store: EmbeddedSearch, from: number, count: number): Promise<void> => {
  const lines = Array.from(
    { length: count },
    (_, n) => `{"index":{"_index":"logs","_id":"${from + n}"}}\n{"n":${n}}\n`,
  );
  expect((await ask(store, "POST", "/_bulk", lines.join(""))).status).toBe(200);
};

const countOf = async (store: EmbeddedSearch): Promise<number> => {
  await ask(store, "POST", "/_refresh");
  return (await ask(store, "GET", "/logs/_count")).body.count;
};

const BATCH = 50;

describe("a backup", () => {
  it("of a store in use has all that was answered before, whole requests only, and is the owner's alone", async () => {
    const folder = newFolder();
    const store = opened(join(folder, "data"));
    // The first are in the file, and the next still in its log.
    await write(store, 0, 20_000);
    await write(store, 20_000, BATCH);
    const before = 20_000 + BATCH;
    const file = join(folder, "data/backups/one.sqlite");
    const state = { isDone: false };
    const copying = store.backup(file).finally(() => (state.isDone = true));
    let written = before;
    // Each write in a turn of its own, as requests come.
    for (; !state.isDone; written += BATCH) {
      await write(store, written, BATCH);
      await new Promise(setImmediate);
    }
    expect(await copying).toEqual({ file, bytes: statSync(file).size });
    expect(written).toBeGreaterThan(before);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, "data/backups")).mode & 0o777).toBe(0o700);
    expect(readdirSync(join(folder, "data/backups"))).toEqual(["one.sqlite"]);

    await restoreStore(join(folder, "other"), file, { stamp: "1" });
    const count = await countOf(opened(join(folder, "other")));
    expect(count).toBeGreaterThanOrEqual(before);
    expect(count).toBeLessThanOrEqual(written);
    expect(count % BATCH).toBe(0);
  });

  it("goes on while indices are deleted, which empties the log and makes the file shorter", async () => {
    const folder = newFolder();
    const store = opened(join(folder, "data"));
    await write(store, 0, 20_000);
    const state = { isDone: false };
    const copying = store.backup(join(folder, "one.sqlite")).finally(() => (state.isDone = true));
    while (!state.isDone) {
      expect((await ask(store, "PUT", "/passing", "{}")).status).toBe(200);
      expect((await ask(store, "DELETE", "/passing")).status).toBe(200);
      await new Promise(setImmediate);
    }
    await copying;
    await restoreStore(join(folder, "other"), join(folder, "one.sqlite"), { stamp: "1" });
    expect(await countOf(opened(join(folder, "other")))).toBe(20_000);
  });

  it("that cannot be finished leaves no file behind", async () => {
    const folder = newFolder();
    const store = opened(join(folder, "data"));
    await write(store, 0, 20_000);
    const copying = store.backup(join(folder, "out/one.sqlite"));
    await store.close();
    await expect(copying).rejects.toThrow();
    expect(readdirSync(join(folder, "out"))).toEqual([]);
    expect(await countOf(opened(join(folder, "data")))).toBe(20_000);
  });

  it("needs a store on disk, and without `EmbeddedSearch` one that nobody has open", async () => {
    expect(() => new EmbeddedSearch().backup("x")).toThrow(expect.objectContaining({ code: "STORAGE_IN_MEMORY" }));
    const folder = newFolder();
    const store = opened(join(folder, "data"));
    await write(store, 0, 3);
    const file = join(folder, "one.sqlite");
    await expect(backupStore(join(folder, "data"), file)).rejects.toMatchObject({ code: "STORAGE_IN_USE" });
    await store.close();
    await backupStore(join(folder, "data"), file);
    await restoreStore(join(folder, "other"), file, { stamp: "1" });
    expect(await countOf(opened(join(folder, "other")))).toBe(3);
  });
});

describe("a restore", () => {
  const made = async () => {
    const folder = newFolder();
    const store = opened(join(folder, "data"));
    await write(store, 0, 3);
    const file = join(folder, "one.sqlite");
    await store.backup(file);
    return { folder, store, file, data: join(folder, "data") };
  };

  it("leaves a store alone that is open, or that has something in it", async () => {
    const { store, file, data } = await made();
    await expect(restoreStore(data, file, { stamp: "1", replaces: true })).rejects.toMatchObject({
      code: "STORAGE_IN_USE",
    });
    await store.close();
    await expect(restoreStore(data, file, { stamp: "1" })).rejects.toMatchObject({ code: "STORAGE_NOT_EMPTY" });
    expect(readdirSync(data)).toEqual(["embedded-search.sqlite"]);
  });

  it("replaces one when it is told to, and keeps it beside, also when it is damaged", async () => {
    const { store, file, data } = await made();
    await write(store, 3, 4);
    await store.close();
    const { keptFile = "" } = await restoreStore(data, file, { stamp: "1", replaces: true });
    expect(await countOf(opened(data))).toBe(3);
    const other = newFolder();
    await restoreStore(other, keptFile, { stamp: "1" });
    expect(await countOf(opened(other))).toBe(7);
    const broken = newFolder();
    writeFileSync(join(broken, "embedded-search.sqlite"), "this is no database, whatever its name says".repeat(100));
    await restoreStore(broken, file, { stamp: "2", replaces: true });
    expect(await countOf(opened(broken))).toBe(3);
    expect(readFileSync(join(broken, "embedded-search.sqlite.replaced-2"), "utf8")).toContain("no database");
  });

  it("takes no file that is not a whole backup, and leaves the store as it was", async () => {
    const { folder, store, file, data } = await made();
    await store.close();
    const other = join(folder, "other.txt");
    writeFileSync(other, "text ".repeat(1_000));
    truncateSync(file, statSync(file).size - 8_192);
    for (const wrong of [other, file, join(folder, "none.sqlite"), writtenEmpty(folder)]) {
      const restoring = restoreStore(data, wrong, { stamp: "1", replaces: true });
      await expect(restoring).rejects.toMatchObject({ code: "STORAGE_BACKUP_INVALID" });
    }
    expect(readdirSync(data)).toEqual(["embedded-search.sqlite"]);
    expect(await countOf(opened(data))).toBe(3);
  });

  const writtenEmpty = (folder: string): string => {
    mkdirSync(join(folder, "empty"));
    writeFileSync(join(folder, "empty/file"), "");
    return join(folder, "empty/file");
  };
});
