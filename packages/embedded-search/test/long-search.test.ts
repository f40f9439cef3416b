import { Client, errors, type estypes } from "@elastic/elasticsearch";
import { request as httpRequest } from "node:http";
import { setImmediate as nextTurn } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { EmbeddedSearch, EmbeddedTransport } from "../src/index.ts";

/** So many that looking at each of them takes many slices. */
const DOCUMENTS = 200_000;

const store = new EmbeddedSearch();
const client = new Client({ node: "http://embedded", Connection: store.Connection, Transport: EmbeddedTransport });

beforeAll(async () => {
  const mappings = { properties: { k: { type: "keyword" }, text: { type: "text" } } } as const;
  await client.indices.create({ index: "logs", mappings, settings: { refresh_interval: -1 } });
  for (let n = 0; n < DOCUMENTS; n += 10_000) {
    const documents = Array.from({ length: 10_000 }, (_, i) => ({ k: `k${n + i}`, text: `one two three ${i % 7}` }));
    await client.bulk({ index: "logs", operations: documents.flatMap((document) => [{ index: {} }, document]) });
  }
  await client.indices.refresh({ index: "logs" });
}, 60_000);

afterAll(() => store.close());

/** Each document is looked at, for the terms of each document. */
const long = {
  index: "logs",
  size: 0,
  track_total_hits: true,
  query: { bool: { must_not: [{ match_phrase: { text: "three one" } }] } },
  aggs: { k: { terms: { field: "k", size: 5, order: { _key: "asc" } }, aggs: { n: { cardinality: { field: "k" } } } } },
} satisfies estypes.SearchRequest;

describe("a search that takes long", () => {
  it("lets others have their turn, and shows the index as it was when it was asked", async () => {
    const state = { isDone: false };
    const found = client.search(long).finally(() => (state.isDone = true));
    let turns = 0;
    for (; !state.isDone; turns++) {
      await nextTurn();
      if (turns === 3) {
        expect((await client.get({ index: "logs", id: "nope" }, { ignore: [404] })).found).toBe(false);
        await client.index({ index: "logs", document: { k: "a", text: "new" }, refresh: true });
      }
    }
    expect(turns).toBeGreaterThan(5);
    expect((await found).hits.total).toEqual({ value: DOCUMENTS, relation: "eq" });
    expect(JSON.stringify((await found).aggregations?.k)).not.toContain('"key":"a"');
    const { count } = await client.count({ index: "logs" });
    expect(count).toBe(DOCUMENTS + 1);
  });

  it("ends when its client does not wait any more", async () => {
    await expect(client.search(long, { requestTimeout: 1 })).rejects.toThrow(errors.TimeoutError);
    const controller = new AbortController();
    const found = client.search(long, { signal: controller.signal });
    controller.abort();
    await expect(found).rejects.toThrow(errors.RequestAbortedError);
  });

  it("answers with what it has found when its time is over, or not at all where half an answer is not wanted", async () => {
    // Shorter than any step of it.
    const { timed_out: isLate, hits, aggregations } = await client.search({ ...long, timeout: "1nanos" });
    expect([isLate, (aggregations?.k as { buckets: unknown[] }).buckets.length]).toEqual([true, 5]);
    const { value } = hits.total as estypes.SearchTotalHits;
    expect(value).toBeGreaterThan(0);
    expect(value).toBeLessThan(DOCUMENTS / 2);
    const refused = { status: 429, type: "search_timeout_exception", reason: "Time exceeded", timed_out: true };
    const whole = client.search({ ...long, timeout: "1nanos", allow_partial_search_results: false });
    const failed = (await whole.then(String, (error: unknown) => error)) as errors.ResponseError;
    expect({ status: failed.statusCode, ...failed.body.error.root_cause[0] }).toEqual(refused);
    for (const timeout of ["-1", "1h"]) expect((await client.search({ ...long, timeout })).timed_out).toBe(false);
  });

  it("says that it was ended to whoever ends it by a signal", async () => {
    const signal = { aborted: false };
    const { index, ...body } = long;
    const found = store.handle({ method: "POST", path: `/${index}/_search`, body: JSON.stringify(body), signal });
    signal.aborted = true;
    const { statusCode, body: text } = await found;
    expect([statusCode, JSON.parse(text).error.type]).toEqual([400, "task_cancelled_exception"]);
  });

  it("ends when the connection of its client is gone", async () => {
    const server = await store.listen({ port: 0 });
    const { index, ...body } = long;
    const headers = { "content-type": "application/json" };
    const sent = httpRequest(`${server.url}/${index}/_search`, { method: "POST", headers });
    const ended = new Promise((resolve) => sent.once("error", resolve));
    sent.end(JSON.stringify(body));
    await new Promise((resolve) => sent.once("finish", resolve));
    for (let turn = 0; turn < 5; turn++) await nextTurn();
    sent.destroy(new Error("gone"));
    await ended;
    // Lets requests in progress finish, of which there is none any more.
    await server.close();
  });

  it("is one of several in a request, too", async () => {
    const { index, ...body } = long;
    const { responses } = await client.msearch({ searches: [{ index }, body, { index }, { size: 0 }] });
    expect(responses.map((response) => response.status)).toEqual([200, 200]);
  });
});
