import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EmbeddedSearch } from "../../src/index.ts";

let folder: string;
let copies = 0;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "embedded-search-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const open = (name = "data"): EmbeddedSearch => new EmbeddedSearch({ path: join(folder, name) });

const ask = async (store: EmbeddedSearch, method: string, target: string, body?: object | string) => {
  const [path = "", querystring] = target.split("?");
  const text = typeof body === "object" ? JSON.stringify(body) : body;
  const answer = await store.handle({ method, path, querystring, body: text });
  return { status: answer.statusCode, body: JSON.parse(answer.body) };
};

/** As many as are stored in a segment of their own when a store is closed. */
const ROUND = 1_100;

const writeRound = async (store: EmbeddedSearch, round: number): Promise<void> => {
  const lines = Array.from({ length: ROUND }, (_, i) => round * ROUND + i).flatMap((n) => [
    JSON.stringify({ index: { _id: `d${n}` } }),
    JSON.stringify({ n, text: `word${n % 7} line${n}` }),
  ]);
  await ask(store, "POST", "/logs/_bulk?refresh", `${lines.join("\n")}\n`);
};

/** As a kill at this moment would leave it. */
const copied = (): string => {
  const name = `copy${copies++}`;
  cpSync(join(folder, "data"), join(folder, name), { recursive: true });
  return name;
};

const segmentsIn = (name: string): number => {
  const database = new DatabaseSync(EmbeddedSearch.fileIn(join(folder, name)));
  const segments = Number(database.prepare("SELECT count(*) AS count FROM segment_entries").get()?.count);
  database.close();
  return segments;
};

/** All documents by id: their number, by search and by id. */
const contents = async (store: EmbeddedSearch): Promise<ReadonlyMap<string, number>> => {
  const body = { size: 10_000, query: { match_all: {} }, sort: ["n"], _source: ["n"] };
  const { hits } = (await ask(store, "POST", "/logs/_search", body)).body.hits as {
    readonly hits: readonly { readonly _id: string; readonly _source: { readonly n: number } }[];
  };
  const found = new Map(hits.map(({ _id, _source }) => [_id, _source.n]));
  const { docs } = (await ask(store, "POST", "/logs/_mget", { ids: [...found.keys()] })).body as {
    readonly docs: readonly { readonly _id: string; readonly _source: { readonly n: number } }[];
  };
  expect(new Map(docs.map(({ _id, _source }) => [_id, _source.n]))).toEqual(found);
  return found;
};

const afterRounds = async (rounds: number): Promise<Map<string, number>> => {
  for (let round = 0; round < rounds; round++) {
    const store = open();
    await writeRound(store, round);
    await store.close();
  }
  return new Map(Array.from({ length: rounds * ROUND }, (_, n) => [`d${n}`, n]));
};

describe("small segments", () => {
  it("become one while documents are written and deleted, and the process may be killed at any moment", async () => {
    const expected = await afterRounds(5);
    expect(segmentsIn("data")).toBe(5);
    const store = open();
    for (let n = 0; segmentsIn(copied()) > 1; n++) {
      expect(n).toBeLessThan(2_000);
      const [gone, changed] = [`d${7 * n}`, `d${7 * n + 3}`];
      await ask(store, "DELETE", `/logs/_doc/${gone}`);
      expected.delete(gone);
      await ask(store, "PUT", `/logs/_doc/${changed}?refresh`, { n: 100_000 + n, text: "again" });
      expected.set(changed, 100_000 + n);
      await nextTurn();
      if (n % 10 !== 0) continue;
      const killed = open(copied());
      expect(await contents(killed)).toEqual(expected);
      await killed.close();
    }
    expect(await contents(store)).toEqual(expected);
    expect((await ask(store, "POST", "/logs/_count", { query: { match: { text: "word3" } } })).body.count).toBe(
      [...expected.values()].filter((n) => n < 100_000 && n % 7 === 3).length,
    );
    await store.close();
    const again = open();
    expect(await contents(again)).toEqual(expected);
    await again.close();
  });

  it("are shown by a point in time as they were, also after they became one", async () => {
    const expected = await afterRounds(4);
    const store = open();
    const { id } = (await ask(store, "POST", "/logs/_pit?keep_alive=1h")).body;
    await ask(store, "DELETE", "/logs/_doc/d5?refresh");
    for (let n = 0; segmentsIn(copied()) > 1; n++) {
      expect(n).toBeLessThan(2_000);
      await ask(store, "POST", "/logs/_refresh");
      await nextTurn();
    }
    const body = { size: 10_000, sort: ["n"], pit: { id }, _source: false };
    const { hits } = (await ask(store, "POST", "/_search", body)).body.hits;
    expect((hits as readonly { readonly _id: string }[]).map(({ _id }) => _id)).toEqual([...expected.keys()]);
    expect((await ask(store, "GET", "/logs/_count")).body.count).toBe(expected.size - 1);
    await store.close();
  });

  it("stay as they are when a document of theirs is damaged, and everything else is found", async () => {
    await afterRounds(4);
    const database = new DatabaseSync(EmbeddedSearch.fileIn(join(folder, "data")));
    database.exec("UPDATE documents_1 SET source = '{}' WHERE sequence = 77");
    database.close();
    const store = open();
    for (let n = 0; n < 200; n++) {
      await ask(store, "POST", "/logs/_refresh");
      await nextTurn();
    }
    expect(segmentsIn(copied())).toBe(4);
    expect((await ask(store, "GET", "/logs/_doc/d77")).status).toBe(503);
    expect((await ask(store, "GET", "/logs/_doc/d78")).body._source.n).toBe(78);
    await store.close();
  });
});
