import fc from "fast-check";
import { mkdtempSync, rmSync } from "node:fs";
import { DatabaseSync, StatementSync } from "node:sqlite";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { dataSets } from "../../differential/data-set.ts";
import { manyAggregations, requests, type SearchBody } from "../../differential/requests.ts";
import { EmbeddedSearch } from "../../src/index.ts";
import { Random } from "../random.ts";

let path: string;

beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), "embedded-search-"));
});

afterEach(() => {
  rmSync(path, { recursive: true, force: true });
});

/** Segments so small that there are many, and so little memory that hardly any column stays in it. */
const open = (): EmbeddedSearch => new EmbeddedSearch({ path, segmentDocuments: 7, memoryBytes: 10_000 });

const lines = (objects: readonly object[]): string => objects.map((object) => `${JSON.stringify(object)}\n`).join("");

const ask = async (store: EmbeddedSearch, method: string, target: string, body?: object | string) => {
  const [requestPath = "", querystring] = target.split("?");
  const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
  const answer = await store.handle({ method, path: requestPath, querystring, body: text });
  return { status: answer.statusCode, body: JSON.parse(answer.body) };
};

const search = async (store: EmbeddedSearch, bodies: readonly SearchBody[]): Promise<readonly string[]> => {
  const { body } = await ask(store, "POST", "/a/_msearch", lines(bodies.flatMap((one) => [{}, one])));
  return (body.responses as readonly object[]).map((response) =>
    JSON.stringify({ ...response, took: 0 })
      .replaceAll(/"index_uuid":"[^"]*"/g, "")
      // Of `_doc`, which is the place of a document and no longer dense once some are gone.
      .replaceAll(/("sort":\[(?:[^\]]*,)?)\d+\]/g, "$1]"),
  );
};

/** Two answers to the same question that differ, with the question. */
const differences = async (stores: readonly EmbeddedSearch[], bodies: readonly SearchBody[]): Promise<unknown[]> => {
  const [one = [], other = []] = await Promise.all(stores.map((store) => search(store, bodies)));
  return bodies.flatMap((body, i) => (one[i] === other[i] ? [] : [{ body, one: one[i], other: other[i] }])).slice(0, 3);
};

const questions = (seed: number, count: number): readonly SearchBody[] => [
  ...fc.sample(requests, { seed, numRuns: count }),
  ...fc.sample(manyAggregations, { seed, numRuns: count / 2 }),
  { query: { ids: { values: ["0", "7", "13", "nope", "30"] } }, size: 100, version: true, seq_no_primary_term: true },
];

/** It shows terms of documents that are gone until those are dropped, which depends on segments. */
const isOfTheGone = (body: SearchBody): boolean => JSON.stringify(body).includes('"min_doc_count":0');

describe("a store that keeps hardly anything in memory", () => {
  it.each([1, 2, 3, 4, 5, 6])("answers as one that keeps everything (seed %i)", async (seed) => {
    const [data] = fc.sample(dataSets, { seed, numRuns: 1 });
    const [one, other] = [new EmbeddedSearch(), open()];
    const documents = data?.documents ?? [];
    const both = async (method: string, target: string, body?: object | string): Promise<void> => {
      const answers = await Promise.all([one, other].map((store) => ask(store, method, target, body)));
      const shown = answers.map(({ status, body: answer }) => ({ status, items: answer.items as unknown }));
      expect(shown[1]).toEqual(shown[0]);
    };
    await both("PUT", "/a", { mappings: { properties: data?.mapping }, settings: { refresh_interval: -1 } });
    for (const [id, document] of documents.entries())
      await both("POST", "/a/_bulk", lines([{ index: { _id: String(id) } }, document]));
    await both("POST", "/a/_refresh");
    expect(await differences([one, other], questions(seed, 200))).toEqual([]);

    const random = new Random(seed);
    const left = questions(seed + 100, 60).filter((body) => !isOfTheGone(body));
    for (let round = 0; round < 8; round++) {
      const operations = Array.from({ length: 12 }, () => {
        const _id = String(random.below(documents.length + 3));
        const document = documents[random.below(documents.length)] ?? {};
        return random.below(3) === 0 ? [{ delete: { _id } }] : [{ index: { _id } }, document];
      });
      await both("POST", "/a/_bulk?refresh", lines(operations.flat()));
      expect(await differences([one, other], left)).toEqual([]);
    }
    await other.close();
    const again = open();
    expect(await differences([one, again], left)).toEqual([]);
    for (const id of documents.keys())
      expect(await ask(again, "GET", `/a/_doc/${id}`)).toEqual(await ask(one, "GET", `/a/_doc/${id}`));
    await again.close();
  });
});

const database = <T>(work: (database: DatabaseSync) => T): T => {
  const opened = new DatabaseSync(EmbeddedSearch.fileIn(path));
  try {
    return work(opened);
  } finally {
    opened.close();
  }
};

/** Segments on disk, of which each takes several rows. */
const storedSegments = (): number =>
  Number(database((opened) => opened.prepare("SELECT count(*) AS n FROM segment_entries").get())?.n);

const bulk = (from: number, to: number): string =>
  lines(
    Array.from({ length: to - from }, (_, i) => from + i).flatMap((n) => [
      { index: { _index: "a", _id: String(n) } },
      { n, text: `word${n} ${n % 10}`, at: new Date(n * 60_000).toISOString() },
    ]),
  );

const count = async (store: EmbeddedSearch, query: object): Promise<number> =>
  (await ask(store, "POST", "/a/_count", { query })).body.count as number;

const sorted = { sort: ["n"], size: 1_000, version: true, seq_no_primary_term: true };

const hits = async (store: EmbeddedSearch, target: string, body: object): Promise<unknown> =>
  (await ask(store, "POST", target, body)).body.hits;

describe("segments on disk", () => {
  it("are there again when the store is opened, and go with their index", async () => {
    const store = open();
    await ask(store, "POST", "/_bulk?refresh", bulk(0, 100));
    const before = await hits(store, "/a/_search", sorted);
    await store.close();
    expect(storedSegments()).toBe(14);
    const again = open();
    expect(await hits(again, "/a/_search", sorted)).toEqual(before);
    expect((await ask(again, "DELETE", "/a")).status).toBe(200);
    await again.close();
    const left = (table: string) =>
      Number(database((opened) => opened.prepare(`SELECT count(*) AS n FROM ${table}`).get())?.n);
    expect(["segment_entries", "segment_parts", "segment_deletes"].map(left)).toEqual([0, 0, 0]);
  });

  it("take no more memory than they may, however many are read", async () => {
    const memoryBytes = 300_000;
    const store = new EmbeddedSearch({ path, segmentDocuments: 100, memoryBytes });
    for (let n = 0; n < 10_000; n += 1_000) await ask(store, "POST", "/_bulk?refresh", bulk(n, n + 1_000));
    let most = 0;
    for (let n = 0; n < 200; n++) {
      expect(await count(store, { match: { text: `word${n * 50}` } })).toBe(1);
      most = Math.max(most, store.usage().memoryBytes);
    }
    expect(most).toBeGreaterThan(100_000);
    expect(most).toBeLessThan(memoryBytes);
    const { cacheBytes, memoryBytes: taken } = store.usage();
    expect(cacheBytes).toBeGreaterThan(50_000);
    expect(taken).toBeGreaterThanOrEqual(cacheBytes);
    const all = { size: 0, aggs: { all: { sum: { field: "n" } } } };
    expect((await ask(store, "POST", "/a/_search", all)).body.aggregations.all.value).toBe((10_000 * 9_999) / 2);
    await store.close();
  });

  it("are not read where a window of time does not touch them, whichever clause it is", async () => {
    const store = open();
    await ask(store, "POST", "/_bulk?refresh", bulk(0, 700));
    await store.close();
    const again = open();
    const get = vi.spyOn(StatementSync.prototype, "get");
    const window = { range: { at: { gte: "1970-01-01T05:00:00Z", lt: "1970-01-01T05:03:00Z" } } };
    const filter = [{ match: { text: "1" } }, { term: { n: 301 } }, window];
    const aggs = { words: { cardinality: { field: "n" } } };
    const { body } = await ask(again, "POST", "/a/_search", { query: { bool: { filter } }, aggs, sort: ["at"] });
    const reads = get.mock.calls.filter((values) => JSON.stringify(values).includes("column:")).length;
    get.mockRestore();
    expect((body.hits.hits as readonly { readonly _id: string }[]).map(({ _id }) => _id)).toEqual(["301"]);
    // Of one or two segments of a hundred.
    expect(reads).toBeGreaterThan(0);
    expect(reads).toBeLessThan(10);
    await again.close();
  });

  it("are shown by a point in time as they were, whatever becomes of them", async () => {
    const store = open();
    await ask(store, "POST", "/_bulk?refresh", bulk(0, 60));
    await ask(store, "POST", "/_bulk?refresh", bulk(60, 61));
    const { id } = (await ask(store, "POST", "/a/_pit?keep_alive=1m")).body;
    const search = { ...sorted, pit: { id } };
    const before = await hits(store, "/_search", search);
    for (let n = 0; n < 50; n++) await ask(store, "DELETE", `/a/_doc/${n}?refresh`);
    expect(await count(store, { match_all: {} })).toBe(11);
    expect(await hits(store, "/_search", search)).toEqual(before);
    const byId = { ...search, query: { ids: { values: ["3", "55"] } } };
    expect(((await hits(store, "/_search", byId)) as { total: { value: number } }).total.value).toBe(2);
    await ask(store, "DELETE", "/a");
    expect((await ask(store, "POST", "/_search", search)).status).toBe(503);
    await store.close();
  });

  it("are made of the documents of a store of the version before", async () => {
    const store = open();
    await ask(store, "POST", "/_bulk?refresh", bulk(0, 100));
    await ask(store, "DELETE", "/a/_doc/7?refresh");
    const before = await hits(store, "/a/_search", sorted);
    await store.close();
    database((opened) =>
      opened.exec(`
        DROP TABLE segment_entries; DROP TABLE segment_parts; DROP TABLE segment_deletes;
        CREATE TABLE segments (index_key INTEGER, number INTEGER, checksum INTEGER NOT NULL, image BLOB NOT NULL, PRIMARY KEY (index_key, number));
        INSERT INTO segments VALUES (1, 0, 0, x'00');
        PRAGMA user_version = 2`),
    );
    const again = open();
    expect(await hits(again, "/a/_search", sorted)).toEqual(before);
    await again.close();
    expect(storedSegments()).toBe(14);
    expect(Number(database((opened) => opened.prepare("PRAGMA user_version").get())?.user_version)).toBe(3);
  });

  it("are in a backup, made while more are written", async () => {
    const store = open();
    await ask(store, "POST", "/_bulk?refresh", bulk(0, 300));
    const file = join(path, "copy", "embedded-search.sqlite");
    const copied = store.backup(file);
    await ask(store, "POST", "/_bulk?refresh", bulk(300, 400));
    await copied;
    await store.close();
    const copy = new EmbeddedSearch({ path: join(path, "copy"), segmentDocuments: 7, memoryBytes: 10_000 });
    expect(await count(copy, { range: { n: { lt: 300 } } })).toBe(300);
    const found = await count(copy, { match_all: {} });
    expect([300, 400]).toContain(found);
    await copy.close();
  });

  it("have a filter of their ids that is stored, and made again when it is damaged or most segments are gone", async () => {
    const store = open();
    // 40 segments of 7: one part of the filter has all it can have, and the other one has few.
    await ask(store, "POST", "/_bulk?refresh", bulk(0, 290));
    await ask(store, "GET", "/a/_doc/1");
    for (let n = 0; n < 200; n++) {
      await ask(store, "GET", "/");
      await nextTurn();
    }
    await store.close();
    const filters = (): number =>
      Number(database((opened) => opened.prepare("SELECT count(*) AS n FROM segment_parts WHERE number = 0").get())?.n);
    expect(filters()).toBe(1);
    const expectAll = async (least: number): Promise<void> => {
      const again = open();
      for (let n = 0; n < 290; n += 3)
        expect((await ask(again, "GET", `/a/_doc/${n}`)).status).toBe(n < least ? 404 : 200);
      expect((await ask(again, "PUT", "/a/_create/289", { n: 0 })).status).toBe(409);
      await again.close();
    };
    const get = vi.spyOn(StatementSync.prototype, "get");
    await expectAll(0);
    // The hashes of the segments in the stored part need not be read.
    const hashes = get.mock.calls.filter((values) => values.includes("hashes")).length;
    get.mockRestore();
    expect(hashes).toBeLessThan(12);
    database((opened) => opened.exec("UPDATE segment_parts SET bytes = x'00' WHERE number = 0"));
    await expectAll(0);
    const deleting = open();
    const ids = Array.from({ length: 200 }, (_, n) => ({ delete: { _index: "a", _id: String(n) } }));
    await ask(deleting, "POST", "/_bulk?refresh", lines(ids));
    await deleting.close();
    await expectAll(200);
  });

  it("are read again when a column of theirs is larger than what is stored at once", async () => {
    const options = { path, segmentDocuments: 3_000 };
    const store = new EmbeddedSearch(options);
    const textOf = (n: number): string => `${n} ${"long ".repeat(200)}`;
    for (let n = 0; n < 6_500; n += 500) {
      const documents = Array.from({ length: 500 }, (_, i) => [
        { index: { _id: String(n + i) } },
        { k: textOf(n + i) },
      ]);
      const mappings = { properties: { k: { type: "keyword" } } };
      if (n === 0) await ask(store, "PUT", "/a", { mappings });
      await ask(store, "POST", "/a/_bulk?refresh", lines(documents.flat()));
    }
    await store.close();
    const pieces = database((opened) =>
      opened.prepare("SELECT count(*) AS pieces FROM segment_parts WHERE name LIKE '%#column:k'").get(),
    );
    expect(Number(pieces?.pieces)).toBeGreaterThanOrEqual(4);
    const again = new EmbeddedSearch(options);
    for (const n of [0, 1_234, 2_999, 3_000, 5_999, 6_499])
      expect(await count(again, { term: { k: textOf(n) } })).toBe(1);
    expect(await count(again, { prefix: { k: "1" } })).toBe(1_111);
    await again.close();
  });

  it("may have another size than when they were written", async () => {
    const store = open();
    await ask(store, "POST", "/_bulk?refresh", bulk(0, 100));
    await store.close();
    const again = new EmbeddedSearch({ path, segmentDocuments: 3 });
    await ask(again, "POST", "/_bulk?refresh", bulk(50, 150));
    expect(await count(again, { match_all: {} })).toBe(150);
    for (const n of [0, 49, 50, 99, 149]) expect((await ask(again, "GET", `/a/_doc/${n}`)).body._source.n).toBe(n);
    await again.close();
    expect(() => new EmbeddedSearch({ path, segmentDocuments: 0 })).toThrow(TypeError);
  });
});
