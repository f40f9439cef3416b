import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { StatementSync } from "node:sqlite";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { EmbeddedSearch } from "../../src/index.ts";

let path: string;
let store: EmbeddedSearch;

/** With segments so small that some are being stored while the disk gets full. */
const open = (): EmbeddedSearch => new EmbeddedSearch({ path, segmentDocuments: 4, memoryBytes: 10_000 });

beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), "embedded-search-"));
  store = open();
});

afterEach(async () => {
  vi.restoreAllMocks();
  await store.close();
  rmSync(path, { recursive: true, force: true });
});

const reopen = async (): Promise<void> => {
  await store.close();
  store = open();
};

const ask = async (method: string, target: string, body?: object | string) => {
  const [requestPath = "", querystring] = target.split("?");
  const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
  const answer = await store.handle({ method, path: requestPath, querystring, body: text });
  return { status: answer.statusCode, body: JSON.parse(answer.body) };
};

/** SQLite's answers when a disk has no room, from the `allowed`th write on. */
const fillDisk = (allowed: number, errcode = 13): (() => void) => {
  let left = allowed;
  const run = Reflect.get(StatementSync.prototype, "run") as (...values: readonly unknown[]) => never;
  const spy = vi.spyOn(StatementSync.prototype, "run").mockImplementation(function (this: StatementSync, ...values) {
    if (left-- > 0) return run.apply(this, values);
    throw Object.assign(new Error("database or disk is full"), { errcode });
  });
  return () => spy.mockRestore();
};

const bulk = (from: number, to: number): string => {
  let text = "";
  for (let n = from; n < to; n++) text += `{"index":{"_index":"logs","_id":"${n}"}}\n{"n":${n},"new${n}":"x"}\n`;
  return text;
};

const found = async (): Promise<readonly number[]> => {
  const { status, body } = await ask("POST", "/logs/_search", { size: 1_000, sort: ["n"] });
  expect(status).toBe(200);
  return (body.hits.hits as readonly { readonly _source: { readonly n: number } }[]).map(({ _source }) => _source.n);
};

describe("a store whose disk is full", () => {
  it("answers 429 with the reason and no path, reads go on, and heals by itself", async () => {
    await ask("POST", "/_bulk?refresh", bulk(0, 3));
    const makeRoom = fillDisk(2);
    const { status, body } = await ask("POST", "/_bulk?refresh", bulk(3, 6));
    expect([status, body.error.type]).toEqual([429, "cluster_block_exception"]);
    expect(body.error.reason).toContain("The disk of the store is full (database or disk is full)");
    expect(JSON.stringify(body)).not.toContain(path);
    expect((await ask("PUT", "/logs/_doc/0", { n: 100 })).status).toBe(429);
    expect((await ask("DELETE", "/logs/_doc/1")).status).toBe(429);
    expect((await ask("PUT", "/other", {})).status).toBe(429);
    expect(store.usage().refusal).toContain("The disk of the store is full");
    // What was not acknowledged is not confirmed by a conflict with itself either.
    expect((await ask("PUT", "/logs/_create/3", { n: 3 })).status).toBe(429);
    await ask("POST", "/_refresh");
    expect((await found()).slice(0, 3)).toEqual([0, 1, 2]);

    makeRoom();
    expect(store.usage().refusal).toBeNull();
    expect((await ask("POST", "/_bulk?refresh", bulk(3, 6))).body.errors).toBe(false);
    expect((await ask("PUT", "/other/_doc/1?refresh", {})).status).toBe(201);
    const before = [await found(), await ask("GET", "/logs"), (await ask("GET", "/other/_doc/1")).status];
    await reopen();
    expect([await found(), await ask("GET", "/logs"), (await ask("GET", "/other/_doc/1")).status]).toEqual(before);
    expect(await found()).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it.each(Array.from({ length: 90 }, (_, allowed) => allowed))(
    "has on disk what it has in memory after %i more writes and a repetition",
    async (allowed) => {
      await ask("POST", "/_bulk", bulk(0, 6));
      // The first four are in a segment on disk then, of which most is deleted now, so that it is rewritten with the refresh.
      await reopen();
      const change = `${bulk(1, 3)}${bulk(4, 5)}${bulk(6, 8)}{"delete":{"_index":"logs","_id":"0"}}\n`;
      const makeRoom = fillDisk(allowed, 778);
      const answer = await ask("POST", "/_bulk", change);
      const refreshed = await ask("POST", "/_refresh");
      const search = await ask("POST", "/logs/_search", { query: { exists: { field: "n" } } });
      makeRoom();
      expect(search.status).toBe(200);
      if (answer.status !== 200) await ask("POST", "/_bulk", change);
      if (refreshed.status !== 200) await ask("POST", "/_bulk", bulk(7, 8));
      await ask("POST", "/_refresh");
      expect(await found()).toEqual([1, 2, 3, 4, 5, 6, 7]);
      const mapping = await ask("GET", "/logs");
      await reopen();
      expect(await found()).toEqual([1, 2, 3, 4, 5, 6, 7]);
      expect(await ask("GET", "/logs")).toEqual(mapping);
      await ask("DELETE", "/logs/_doc/3?refresh");
      await reopen();
      expect(await found()).toEqual([1, 2, 4, 5, 6, 7]);
      for (const n of [1, 2, 4, 5, 6, 7]) expect((await ask("GET", `/logs/_doc/${n}`)).body._source.n).toBe(n);
    },
  );

  it("keeps what was acknowledged when the process ends before there is room", async () => {
    await ask("POST", "/_bulk?refresh", bulk(0, 3));
    const makeRoom = fillDisk(3);
    await ask("POST", "/_bulk", bulk(0, 6));
    await store.close();
    makeRoom();
    store = open();
    expect(await found()).toEqual([0, 1, 2]);
  });

  it("can delete an index", async () => {
    await ask("POST", "/_bulk?refresh", bulk(0, 3));
    const makeRoom = fillDisk(1);
    expect((await ask("POST", "/_bulk", bulk(3, 9))).status).toBe(429);
    makeRoom();
    expect((await ask("DELETE", "/logs")).status).toBe(200);
    await reopen();
    expect((await ask("GET", "/logs")).status).toBe(404);
  });

  it("stops for good at any other fault, and says which", async () => {
    await ask("PUT", "/logs/_doc/0", { n: 0 });
    fillDisk(0, 11);
    expect((await ask("PUT", "/logs/_doc/1", { n: 1 })).status).toBe(503);
    vi.restoreAllMocks();
    const { status, body } = await ask("PUT", "/logs/_doc/1", { n: 1 });
    expect([status, body.error.reason]).toEqual([
      503,
      expect.stringContaining("Writing to the store failed: database"),
    ]);
    expect(store.usage().refusal).toContain("Writes have stopped");
  });
});

/** A disk of its own; undefined where that is not allowed. */
const mount = (sizeKib: number): string | undefined => {
  const folder = mkdtempSync(join(tmpdir(), "embedded-search-disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${sizeKib}k`, "tmpfs", folder], { stdio: "ignore" });
    return folder;
  } catch {
    rmSync(folder, { recursive: true });
    return undefined;
  }
};

describe("a store on a disk that is really full", () => {
  it("loses nothing that it acknowledged and goes on when there is room", { timeout: 60_000 }, async (context) => {
    const disk = mount(12_000);
    if (disk === undefined) return context.skip("this user cannot mount a file system");
    const folder = join(disk, "data");
    const wide = (from: number, count: number): string => {
      let text = "";
      for (let n = from; n < from + count; n++)
        text += `{"create":{"_index":"logs","_id":"${n}"}}\n{"n":${n},"text":"${"x".repeat(900)}"}\n`;
      return text;
    };
    const count = async () => (await ask("GET", "/logs/_count")).body.count as number;
    try {
      await store.close();
      writeFileSync(join(disk, "ballast"), Buffer.alloc(6_000_000));
      store = new EmbeddedSearch({ path: folder });
      let acknowledged = 0;
      let refused = false;
      while (!refused) {
        const { status, body } = await ask("POST", "/_bulk", wide(acknowledged, 200));
        refused = status === 429;
        expect(refused || body.errors === false).toBe(true);
        if (!refused) acknowledged += 200;
      }
      expect(acknowledged).toBeGreaterThan(200);
      expect((await ask("POST", "/_bulk", wide(0, 1))).status).toBe(429);

      rmSync(join(disk, "ballast"));
      expect(store.usage().refusal).toBeNull();
      const { status } = await ask("POST", "/_bulk?refresh", wide(acknowledged, 200));
      expect([status, await count()]).toEqual([200, acknowledged + 200]);
      await store.close();
      store = new EmbeddedSearch({ path: folder });
      expect(await count()).toBe(acknowledged + 200);
    } finally {
      await store.close();
      execFileSync("umount", [disk]);
      rmSync(disk, { recursive: true });
      store = new EmbeddedSearch({ path });
    }
  });
});
