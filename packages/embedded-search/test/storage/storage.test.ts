import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { StatementSync } from "node:sqlite";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { EmbeddedSearch, type OpenProgress, StorageError } from "../../src/index.ts";

let path: string;
let stores: EmbeddedSearch[];

beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), "embedded-search-"));
  stores = [];
});

afterEach(async () => {
  for (const store of stores) await store.close();
  rmSync(path, { recursive: true, force: true });
});

const open = (options = {}): EmbeddedSearch => {
  const store = new EmbeddedSearch({ path, ...options });
  stores.push(store);
  return store;
};

const close = async (store: EmbeddedSearch): Promise<void> => {
  stores = stores.filter((other) => other !== store);
  await store.close();
};

const ask = async (store: EmbeddedSearch, method: string, target: string, body?: object | string) => {
  const [requestPath = "", querystring] = target.split("?");
  const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
  const answer = await store.handle({ method, path: requestPath, querystring, body: text });
  return { status: answer.statusCode, body: JSON.parse(answer.body) };
};

const bulk = (count: number, text = "x"): string =>
  Array.from(
    { length: count },
    (_, n) => `{"index":{"_index":"logs","_id":"${n}"}}\n{"n":${n},"text":"${text}"}\n`,
  ).join("");

interface Item {
  readonly index: { readonly status: number };
}

interface Hit {
  readonly _id: string;
  readonly _version: number;
  readonly _seq_no: number;
  readonly _source: { readonly n: number };
}

const file = (): string => join(path, "embedded-search.sqlite");

describe("a store on disk", () => {
  it("has everything when it is opened again", async () => {
    const first = open();
    await ask(first, "PUT", "/_index_template/t", {
      index_patterns: ["l*"],
      template: { settings: { number_of_replicas: 0 } },
    });
    await ask(first, "PUT", "/logs", { mappings: { properties: { n: { type: "short" } } }, aliases: { all: {} } });
    await ask(first, "POST", "/_bulk", bulk(3));
    await ask(first, "POST", "/logs/_update/1", { doc: { n: 9 } });
    await ask(first, "DELETE", "/logs/_doc/2");
    const before = await ask(first, "GET", "/logs");
    await close(first);

    const second = open();
    expect(await ask(second, "GET", "/logs")).toEqual(before);
    expect((await ask(second, "GET", "/_index_template/t")).status).toBe(200);
    const { body } = await ask(second, "POST", "/all/_search", {
      sort: ["n"],
      version: true,
      seq_no_primary_term: true,
    });
    expect((body.hits.hits as Hit[]).map((hit) => [hit._id, hit._version, hit._seq_no])).toEqual([
      ["0", 1, 0],
      ["1", 2, 3],
    ]);
    expect((await ask(second, "PUT", "/logs/_doc/3", {})).body._seq_no).toBe(5);
  });

  it("shows a snapshot its old sources after they were replaced", async () => {
    const store = open();
    await ask(store, "POST", "/_bulk?refresh", bulk(2));
    const pit = (await ask(store, "POST", "/logs/_pit?keep_alive=1m")).body.id;
    await ask(store, "PUT", "/logs/_doc/0?refresh", { n: 7 });
    await ask(store, "DELETE", "/logs/_doc/1");
    const seen = async (target: string, search: object) => {
      const { body } = await ask(store, "POST", target, search);
      return (body.hits.hits as Hit[]).map((hit) => hit._source.n);
    };
    expect(await seen("/_search", { pit: { id: pit }, sort: ["n"] })).toEqual([0, 1]);
    expect(await seen("/logs/_search", { sort: ["n"] })).toEqual([1, 7]);
    await ask(store, "POST", "/_refresh");
    expect(await seen("/logs/_search", { sort: ["n"] })).toEqual([7]);
    expect(await seen("/_search", { pit: { id: pit }, sort: ["n"] })).toEqual([0, 1]);
  });

  it("restores full segments, with what was deleted and replaced in them", { timeout: 60_000 }, async () => {
    const first = open();
    const mappings = { properties: { n: { type: "long" }, text: { type: "text" } } };
    await ask(first, "PUT", "/logs", { mappings });
    await ask(first, "POST", "/_bulk", bulk(65_540, "one two"));
    await ask(first, "PUT", "/logs/_doc/5", { n: -5, text: ["three", "four"] });
    await ask(first, "DELETE", "/logs/_doc/6");
    await ask(first, "POST", "/_refresh");
    const questions = [
      { query: { match_phrase: { text: "one two" } }, track_total_hits: true, size: 2, sort: ["n"] },
      { query: { terms: { n: [5, 6, -5, 65_000] } }, sort: [{ n: "desc" }] },
      { query: { ids: { values: ["5", "6", "7"] } }, sort: ["n"] },
      { size: 0, aggs: { n: { stats: { field: "n" } } }, query: { range: { n: { lt: 100 } } } },
    ];
    const answers = async (store: EmbeddedSearch): Promise<unknown[]> => {
      const found = [];
      for (const question of questions) {
        const { body } = await ask(store, "POST", "/logs/_search", question);
        found.push([body.hits, body.aggregations]);
      }
      return found;
    };
    const before = await answers(first);
    await close(first);
    expect(await answers(open())).toEqual(before);
  });

  it("reports the progress of opening", async () => {
    const store = open();
    await ask(store, "POST", "/_bulk", bulk(10_001));
    const progress: OpenProgress[] = [];
    const onProgress = (step: OpenProgress): void => void progress.push(step);
    // As the process would leave it if it were killed now.
    const killed = join(path, "killed");
    mkdirSync(killed);
    for (const suffix of ["", "-wal"]) copyFileSync(file() + suffix, join(killed, `embedded-search.sqlite${suffix}`));
    await new EmbeddedSearch({ path: killed, onProgress }).close();
    expect(progress.at(-1)).toEqual({ index: "logs", documents: 10_001, total: 10_001 });
    expect(progress).toHaveLength(2);
    await close(store);
    progress.length = 0;
    open({ onProgress });
    expect(progress).toEqual([{ index: "logs", documents: 10_001, total: 10_001 }]);
  });

  it("gives disk back when an index is deleted", async () => {
    const store = open();
    await ask(store, "PUT", "/small/_doc/1", {});
    await ask(store, "POST", "/_bulk", bulk(2000, "x".repeat(1000)));
    const full = statSync(file()).size + statSync(`${file()}-wal`).size;
    await ask(store, "DELETE", "/logs");
    expect(statSync(file()).size + statSync(`${file()}-wal`).size).toBeLessThan(full / 10);
    expect((await ask(store, "GET", "/small/_doc/1")).status).toBe(200);
  });

  it("is for its owner alone, also when it was made for everybody", async () => {
    rmSync(path, { recursive: true });
    const modes = () =>
      [path, ...readdirSync(path).map((name) => join(path, name))].map((name) => statSync(name).mode & 0o777);
    const first = open();
    await ask(first, "PUT", "/logs/_doc/1", {});
    expect(modes()).toEqual([0o700, 0o600, 0o600]);
    await close(first);
    chmodSync(path, 0o755);
    chmodSync(file(), 0o644);
    const second = open();
    expect(modes()).toEqual([0o700, 0o600, 0o600]);
    await close(second);
    chmodSync(path, 0o755);
    writeFileSync(join(path, "notes.txt"), "somebody else's", { mode: 0o644 });
    open();
    expect(modes()).toEqual([0o755, 0o600, 0o600, 0o644]);
  });

  it("stores of a mapping only what is new", async () => {
    const store = open();
    await ask(store, "PUT", "/logs", { mappings: { subobjects: false, dynamic: true } });
    const run = vi.spyOn(StatementSync.prototype, "run");
    for (let n = 0; n < 300; n++)
      await ask(store, "PUT", `/logs/_doc/${n}`, { [`field${n}`]: n, [`field${n}.a`]: "b" });
    const sizes = run.mock.calls.map((values) => JSON.stringify(values).length);
    run.mockRestore();
    expect(Math.max(...sizes)).toBeLessThan(300);
    const before = await ask(store, "GET", "/logs");
    await close(store);
    expect(await ask(open(), "GET", "/logs")).toEqual(before);
  });

  it("keeps a document with a field name of a megabyte, and does not index that field", async () => {
    const store = open();
    const name = "n".repeat(1_000_000);
    const document = { [name]: 1, a: { [name]: "x" }, [`b.${name}`]: 2, n: 7 };
    expect((await ask(store, "PUT", "/logs/_doc/1?refresh", document)).status).toBe(201);
    expect((await ask(store, "GET", "/logs/_doc/1")).body._source).toEqual(document);
    const { body } = await ask(store, "GET", "/logs/_mapping");
    expect(JSON.stringify(body).length).toBeLessThan(300);
    const ignored = { query: { exists: { field: "_ignored" } }, track_total_hits: true };
    expect((await ask(store, "POST", "/logs/_search", ignored)).body.hits.hits[0]._ignored).toHaveLength(3);
    const fits = "m".repeat(512);
    await ask(store, "PUT", "/logs/_doc/2?refresh", { [fits]: 1, [`${fits}m`]: 1 });
    const count = async (field: string) =>
      (await ask(store, "POST", "/logs/_count", { query: { exists: { field } } })).body.count as number;
    expect([await count(fits), await count(`${fits}m`)]).toEqual([1, 0]);
  });

  it("is refused to a second opener", () => {
    open();
    expect(() => new EmbeddedSearch({ path })).toThrow(
      expect.objectContaining({
        code: "STORAGE_IN_USE",
        message: expect.stringContaining("in use by another process"),
      }),
    );
  });
});

describe("a damaged store", () => {
  const damage = async (spoil: (bytes: Buffer) => void, documents = 3000): Promise<void> => {
    const store = open();
    await ask(store, "POST", "/_bulk", bulk(documents));
    await close(store);
    const bytes = readFileSync(file());
    spoil(bytes);
    writeFileSync(file(), bytes);
  };

  const openError = (): StorageError => {
    try {
      open();
    } catch (error) {
      if (error instanceof StorageError) return error;
      throw error;
    }
    throw new Error("The damaged store was opened.");
  };

  it("is reported when a document is corrupted that is read to open it", async () => {
    await damage((bytes) => void bytes.write('"n":777', bytes.indexOf('"n":123')), 200);
    expect(openError()).toMatchObject({ code: "STORAGE_DAMAGED", message: expect.stringContaining("checksum") });
  });

  it("answers 503 when a document is corrupted that is asked for, without the place of the store", async () => {
    await damage((bytes) => void bytes.write('"n":7777', bytes.indexOf('"n":1234')));
    const store = open();
    const { status, body } = await ask(store, "GET", "/logs/_doc/1234");
    expect([status, body.error.reason]).toEqual([503, expect.stringContaining("has another checksum")]);
    expect(JSON.stringify(body)).not.toContain(path);
    expect((await ask(store, "GET", "/logs/_doc/1235")).body._source.n).toBe(1235);
  });

  it("answers 503 when a column is corrupted, and is whole again with recover", async () => {
    const spoil = (bytes: Buffer): void => {
      const at = bytes.lastIndexOf('"postingStarts"');
      bytes.write("x", at + 1);
    };
    await damage(spoil);
    const store = open();
    const search = { query: { match: { text: "x" } }, track_total_hits: true };
    const { status, body } = await ask(store, "POST", "/logs/_search", search);
    expect([status, JSON.stringify(body)]).toEqual([503, expect.stringContaining("has another checksum")]);
    await close(store);
    const again = open({ recover: true });
    expect(again.recovery).toMatchObject({ indices: 1, documents: 3000 });
    expect((await ask(again, "POST", "/logs/_search", search)).body.hits.total.value).toBe(3000);
  });

  it("is reported when its end is missing", async () => {
    await damage(() => undefined);
    truncateSync(file(), Math.floor(statSync(file()).size / 2 / 4096) * 4096);
    expect(openError().code).toBe("STORAGE_DAMAGED");
  });

  it("is reported when it is something else", () => {
    writeFileSync(file(), "this is not a database, and it is long enough to have a header".repeat(20));
    expect(openError().code).toBe("STORAGE_DAMAGED");
  });

  it("continues with what can be read, and keeps the damaged file, with recover", async () => {
    await damage((bytes) => void bytes.write('"n":7777', bytes.indexOf('"n":1234')));
    const store = open({ recover: true });
    expect(store.recovery).toMatchObject({ indices: 1, documents: 2999 });
    expect((await ask(store, "GET", "/logs/_doc/1234")).status).toBe(404);
    expect((await ask(store, "GET", "/logs/_doc/1235")).body._source.n).toBe(1235);
    expect(readFileSync(store.recovery!.damagedFile).includes('"n":7777')).toBe(true);
  });
});

describe("what is recovered of a damaged store", () => {
  const PAGE = 8192;
  const DOCUMENTS = 3000;

  const filled = async (): Promise<Buffer> => {
    const store = open();
    await ask(store, "POST", "/_bulk", bulk(DOCUMENTS, "x".repeat(300)));
    await close(store);
    return readFileSync(file());
  };

  it("is everything but what is on damaged pages, however many there are", async () => {
    const bytes = await filled();
    let lost = 0;
    for (const n of [100, 1234, 1300, 2345, DOCUMENTS - 1]) {
      const page = Math.floor(bytes.indexOf(`"n":${n},`) / PAGE) * PAGE;
      const text = bytes.subarray(page, page + PAGE).toString("latin1");
      lost += text.split('"n":').length - 1;
      bytes.fill(0, page, page + PAGE);
    }
    writeFileSync(file(), bytes);
    const store = open({ recover: true });
    expect(lost).toBeGreaterThan(50);
    expect(store.recovery).toMatchObject({ indices: 1, documents: DOCUMENTS - lost });
    expect((await ask(store, "GET", "/logs/_doc/1234")).status).toBe(404);
    expect((await ask(store, "GET", "/logs/_doc/1270")).status).toBe(200);
  });

  it.each([1, 2, 5])("is everything that the rest holds when %i pages are cut off its end", async (pages) => {
    const bytes = await filled();
    const rest = bytes.subarray(0, bytes.length - pages * PAGE);
    const cut = bytes.subarray(rest.length).toString("latin1");
    writeFileSync(file(), rest);
    const store = open({ recover: true });
    const lost = cut.split('"n":').length - 1;
    expect(store.recovery).toMatchObject({ indices: 1, documents: DOCUMENTS - lost });
    expect((await ask(store, "GET", "/logs/_count")).body.count).toBe(DOCUMENTS - lost);
  });

  it("is everything that a copy holds whose last page, of a document, is missing", async () => {
    const store = open({ segmentDocuments: 60_000 });
    await ask(store, "POST", "/_bulk", bulk(900, "x".repeat(300)));
    await close(store); // too few for a segment of their own, so that documents are at the end
    const bytes = readFileSync(file());
    const rest = bytes.subarray(0, bytes.length - PAGE);
    const lost = bytes.subarray(rest.length).toString("latin1").split('"n":').length - 1;
    expect(lost).toBeGreaterThan(0);
    writeFileSync(file(), rest);
    expect(open({ recover: true }).recovery).toMatchObject({ indices: 1, documents: 900 - lost });
  });
});

describe("a store with a memory limit", () => {
  it("refuses writes with 429 above it, answers reads, and takes writes again when an index is deleted", async () => {
    const store = new EmbeddedSearch({ memoryLimitBytes: 100_000 });
    const { body } = await ask(store, "POST", "/_bulk?refresh", bulk(1000));
    const taken = (body.items as Item[]).filter(({ index }) => index.status === 201).length;
    expect(taken).toBeLessThan(1000);
    const refused = await ask(store, "PUT", "/logs/_doc/x", {});
    expect(refused).toMatchObject({ status: 429, body: { error: { type: "circuit_breaking_exception" } } });
    expect((body.items as Item[]).at(-1)?.index.status).toBe(429);
    expect((await ask(store, "GET", "/logs/_count")).body.count).toBe(taken);
    await ask(store, "DELETE", "/logs");
    expect((await ask(store, "PUT", "/logs/_doc/x", {})).status).toBe(201);
  });
});

describe("a store with shares", () => {
  const shares = [{ indices: ["logs*", "more-*"], memory: 0.5 }];

  it("refuses only the indices of a share that is full", async () => {
    const store = new EmbeddedSearch({ memoryLimitBytes: 200_000, shares });
    const { body } = await ask(store, "POST", "/_bulk?refresh", bulk(2_000));
    const taken = (body.items as Item[]).filter(({ index }) => index.status === 201).length;
    expect(taken).toBeLessThan(2_000);
    for (const name of ["logs", "logs-2", "more-1"]) {
      const { status, body: refused } = await ask(store, "PUT", `/${name}/_doc/x`, {});
      expect([status, refused.error.type]).toEqual([429, "circuit_breaking_exception"]);
      expect(refused.error.reason).toContain("[logs*, more-*] hold");
    }
    await ask(store, "PUT", "/other", { aliases: { all: {} } });
    for (const name of ["other", "all"])
      expect((await ask(store, "PUT", `/${name}/_doc/x`, {})).status).toBeLessThan(300);
    const usage = store.usage();
    expect(usage.refusal).toBeNull();
    expect(usage.shares).toEqual([
      {
        indices: ["logs*", "more-*"],
        memoryBytes: expect.any(Number),
        memoryLimitBytes: 100_000,
        refusal: expect.stringContaining("larger than the share of [100000] bytes"),
      },
    ]);
    await ask(store, "DELETE", "/logs");
    expect((await ask(store, "PUT", "/logs/_doc/x", {})).status).toBe(201);
    expect(store.usage().shares[0]?.refusal).toBeNull();
  });

  it("refuses them also while the disk has less free than is to stay for others", async () => {
    const store = open({ shares: [{ indices: ["logs"], freeDiskBytes: Number.MAX_SAFE_INTEGER }] });
    const { status, body } = await ask(store, "PUT", "/logs/_doc/x", {});
    expect([status, body.error.type]).toEqual([429, "cluster_block_exception"]);
    expect((await ask(store, "PUT", "/other/_doc/x", {})).status).toBe(201);
    expect(store.usage().shares[0]?.refusal).toContain("have to stay free for others");
  });
});
