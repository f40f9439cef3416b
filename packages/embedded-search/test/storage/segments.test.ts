import fc from "fast-check";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
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
