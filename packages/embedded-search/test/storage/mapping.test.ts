import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { EmbeddedSearch } from "../../src/index.ts";

let path: string;

beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), "embedded-search-"));
});

afterEach(() => {
  rmSync(path, { recursive: true, force: true });
});

const ask = async (store: EmbeddedSearch, method: string, target: string, body: object = {}): Promise<unknown> => {
  const [requestPath = "", querystring] = target.split("?");
  const answer = await store.handle({ method, path: requestPath, querystring, body: JSON.stringify(body) });
  return JSON.parse(answer.body);
};

/** Ids of what is found. */
const found = async (store: EmbeddedSearch, query: object): Promise<readonly string[]> => {
  const answer = (await ask(store, "POST", "/docs/_search", { query })) as { hits: { hits: { _id: string }[] } };
  return answer.hits.hits.map(({ _id }) => _id);
};

it("keeps normalizers, copies and other names of fields", async () => {
  const first = new EmbeddedSearch({ path });
  await ask(first, "PUT", "/docs", {
    settings: {
      analysis: { normalizer: { plain: { type: "custom", filter: ["trim", "asciifolding", "uppercase"] } } },
    },
    mappings: {
      dynamic_templates: [{ all: { match: "x*", mapping: { type: "keyword", normalizer: "plain" } } }],
      properties: {
        user: { type: "keyword", normalizer: "plain", copy_to: "any" },
        name: { type: "alias", path: "user" },
        any: { type: "text" },
      },
    },
  });
  await ask(first, "PUT", "/docs/_doc/1?refresh=true", { user: " Žoë ", x1: "É" });
  const before = await ask(first, "GET", "/docs");
  await first.close();
  const second = new EmbeddedSearch({ path });
  expect(await ask(second, "GET", "/docs")).toEqual(before);
  await ask(second, "PUT", "/docs/_doc/2?refresh=true", { user: "zoe", x2: "é" });
  expect(await found(second, { term: { name: "ZOË" } })).toEqual(["1", "2"]);
  expect(await found(second, { match: { any: "žoë" } })).toEqual(["1"]);
  expect(await found(second, { term: { x1: "e" } })).toEqual(["1"]);
  expect(await found(second, { term: { x2: "e" } })).toEqual(["2"]);
  await second.close();
});

it("keeps dates to the nanosecond", async () => {
  const first = new EmbeddedSearch({ path });
  await ask(first, "PUT", "/docs", { mappings: { properties: { at: { type: "date_nanos" } } } });
  const times = ["2020-01-15T10:00:00.123456789Z", "2020-01-15T10:00:00.123456788Z", "1970-01-01T00:00:00.000000001Z"];
  for (const [id, at] of times.entries()) await ask(first, "PUT", `/docs/_doc/${id}`, { at });
  await first.close();
  const second = new EmbeddedSearch({ path });
  expect(await found(second, { range: { at: { gt: times[1] } } })).toEqual(["0"]);
  expect(await found(second, { range: { at: { gte: "1970-01-01", lt: times[1] } } })).toEqual(["2"]);
  expect(await ask(second, "POST", "/docs/_search?filter_path=hits.hits.sort", { sort: ["at"] })).toEqual({
    hits: { hits: [{ sort: [1] }, { sort: [expect.any(Number)] }, { sort: [expect.any(Number)] }] },
  });
  await second.close();
});

it("indexes no field whose name could be that of a column of the store", async () => {
  const store = new EmbeddedSearch({ path });
  await ask(store, "PUT", "/docs", { mappings: { properties: { at: { type: "date_nanos" } } } });
  await ask(store, "PUT", "/docs/_doc/1?refresh=true", { "at\u0001nanos": 5, at: "2020-01-15T10:00:00.000000005Z" });
  expect(await found(store, { range: { at: { lt: "2020-01-01" } } })).toEqual([]);
  expect(await found(store, { term: { _ignored: "at\u0001nanos" } })).toEqual(["1"]);
  expect(await found(store, { match_all: {} })).toEqual(["1"]);
  await store.close();
});
