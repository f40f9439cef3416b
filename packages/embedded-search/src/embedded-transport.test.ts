import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { Client, type ClientOptions, errors } from "@elastic/elasticsearch";
import { expect, test } from "vitest";
import { EmbeddedSearch } from "./embedded-search.ts";
import { EmbeddedTransport } from "./embedded-transport.ts";

const now = (): Date => new Date("2026-01-01T00:00:00Z");

/** Asks one new store through the client's own transport and another one through the short path. */
const both = async <T>(ask: (client: Client) => Promise<T>): Promise<[T, T]> => {
  const answer = async (transport: Partial<ClientOptions>): Promise<T> => {
    const { Connection } = new EmbeddedSearch({ now });
    const client = new Client({ node: "http://embedded", Connection, ...transport });
    await client.index({ index: "events", id: "1", document: { summary: "failed login" }, refresh: true });
    return ask(client);
  };
  return [await answer({}), await answer({ Transport: EmbeddedTransport })];
};

const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => "no failure",
    (error: unknown) => error,
  );

const failureText = (promise: Promise<unknown>): Promise<string> => failureOf(promise).then(String);

/** What became of the operations, and what is in the index afterwards. Ids that the store gives are left out. */
const bulkAndSearch = async (client: Client, operations: readonly (object | string)[]): Promise<unknown> => {
  const { items } = await client.bulk({ index: "events", refresh: true, operations: [...operations] as object[] });
  const outcomes = items.map((item) =>
    Object.entries(item).map(([kind, { status, error, result }]) => [kind, status, error?.type, error?.reason, result]),
  );
  const { hits } = await client.search({ index: "events", size: 100, sort: ["_doc"] });
  return [outcomes, hits.hits.map(({ _source }) => _source)];
};

const calls: Readonly<Record<string, (client: Client) => Promise<unknown>>> = {
  "a search": (client) =>
    client.search({ index: "events", query: { match: { summary: "failed" } } }).then(({ hits }) => hits),
  "a list of searches": (client) =>
    client
      .msearch({ searches: [{ index: "events" }, { query: { match_all: {} } }] })
      .then(({ responses }) => responses.length),
  "searches with answers of every kind": async (client) => {
    await client.index({
      index: "events",
      id: "9",
      document: { n: 12_345_678_901_234, f: 1.5, t: "a" },
      refresh: true,
    });
    const { responses } = await client.msearch({
      searches: [
        {},
        { query: { match_all: {} }, sort: [{ n: { order: "asc", missing: "_first", unmapped_type: "long" } }] },
        { index: "events", ignore_unavailable: true },
        {
          size: 0,
          aggs: { mean: { avg: { field: "f" } }, none: { avg: { field: "no" } }, by: { terms: { field: "n" } } },
        },
        { index: "nothing" },
        { query: { match_all: {} } },
        { index: "events" },
        { size: 0, query: { range: { f: { gte: 1, lt: undefined } } } },
      ],
      index: "events",
    });
    return responses.map((response) => ({ ...response, took: 0 }));
  },
  "a search that is wrong, among others": (client) =>
    failureText(
      client.msearch({ index: "events", searches: [{}, { query: { match_all: {} } }, {}, { quary: {} } as object] }),
    ),
  "updates of every kind": (client) =>
    bulkAndSearch(client, [
      { update: { _id: "1" } },
      { doc: { summary: "again", list: [1, 2], at: "2026-01-01" } },
      { update: { _id: "2" } },
      { doc: { a: 1 }, doc_as_upsert: true },
      { update: { _id: "3" } },
      { doc: { a: 1 }, upsert: { b: { c: "x" } } },
      { update: { _id: "4" } },
      { doc: { a: 1 } },
      { delete: { _id: "2" } },
    ]),
  "an answer that is filtered": (client) => client.search({ index: "events", filter_path: "hits.hits._source" }),
  "an answer that is shown": (client) => client.indices.getMapping({ index: "events", pretty: true }),
  "a bulk with a parameter": (client) =>
    client
      .bulk({ operations: [{ index: { _index: "events", _id: "2" } }, { a: 1 }], refresh: true })
      .then(({ errors: failed, items }) => ({ failed, items })),
  "a bulk of values that JSON writes in another way": (client) =>
    bulkAndSearch(client, [
      { index: { _id: "2" } },
      { at: new Date(0), left: undefined, list: [undefined], no: Number.NaN },
    ]),
  "a bulk of lines that are text": (client) =>
    bulkAndSearch(client, [
      { index: { _id: "2" } },
      '{"a": 1.0}',
      '{"create":{}}\n{"b":1}',
      '{"index":{"_id":"3"}}\r',
      {},
    ]),
  "a bulk with operations that fail": (client) =>
    bulkAndSearch(client, [
      { create: { _id: "1" } },
      { a: 1 },
      { index: { _id: "" } },
      {},
      { update: { _id: "9" } },
      { doc: {} },
    ]),
  "a bulk with a document that does not fit": (client) =>
    bulkAndSearch(client, [
      { index: { _id: "2" } },
      { n: 1 },
      { index: { _id: "3" } },
      { n: { a: 1 } },
      { index: {} },
      { "": 1 },
    ]),
  "a bulk that is malformed": (client) =>
    failureText(bulkAndSearch(client, [{ index: { _id: "2" } }, { a: 1 }, { nope: 1 }, {}])),
  "a bulk that ends in its middle": (client) => failureText(bulkAndSearch(client, [{ index: { _id: "2" } }])),
  "a bulk of nothing": (client) => failureText(bulkAndSearch(client, [])),
  "a document": (client) => client.get({ index: "events", id: "1" }),
  "something that is there": (client) => client.indices.exists({ index: "events" }),
  "something that is not there": (client) => client.indices.exists({ index: "nope" }),
  "an error that is ignored": (client) => client.get({ index: "events", id: "nope" }, { ignore: [404] }),
  "no body": (client) => client.count({ index: "events" }),
  "a list in a parameter": (client) =>
    client.search({ index: "events", _source_includes: ["summary", "a"] }).then(({ hits }) => hits),
  "a body that is text": (client) =>
    client.transport
      .request<{ count: number }>(
        { method: "POST", path: "/events/_count", body: '{"query":{"match_all":{}}}' },
        { headers: { "content-type": "application/json" } },
      )
      .then(({ count }) => count),
  "an answer as a stream": async (client) =>
    text(await client.transport.request<Readable>({ method: "GET", path: "/events/_count" }, { asStream: true })),
};

test.each(Object.entries(calls))("the answer is that of the client's own way: %s", async (_name, call) => {
  const [ordinary, short] = await both(call);
  expect(short).toEqual(ordinary);
});

test("with meta the answer is the whole of it", async () => {
  const [ordinary, short] = await both((client) => client.count({ index: "events" }, { meta: true }));
  expect(short.body).toEqual(ordinary.body);
  expect(short).toMatchObject({ statusCode: 200, warnings: null, headers: ordinary.headers });
  expect(short.meta).toMatchObject({ name: ordinary.meta.name, attempts: 0, aborted: false });
  expect(short.meta.request.params).toMatchObject({ method: "GET", path: "/events/_count" });
});

test("an error is that of the client's own way", async () => {
  const [ordinary, short] = await both((client) => failureOf(client.get({ index: "nope", id: "1" })));
  expect(short).toBeInstanceOf(errors.ResponseError);
  expect(String(short)).toBe(String(ordinary));
  expect(short).toMatchObject({ statusCode: 404, body: (ordinary as errors.ResponseError).body as object });
});

test("listeners hear of each request", async () => {
  const [ordinary, short] = await both(async (client) => {
    const heard: string[] = [];
    client.diagnostic.on("request", () => heard.push("request"));
    client.diagnostic.on("response", () => heard.push("response"));
    await client.count({ index: "events" });
    return heard;
  });
  expect(short).toEqual(ordinary);
  expect(short).toEqual(["request", "response"]);
});

test("a request that was called off is not sent", async () => {
  const failures = await both((client) =>
    failureOf(client.count({ index: "events" }, { signal: AbortSignal.abort() })),
  );
  for (const failure of failures) expect(failure).toBeInstanceOf(errors.RequestAbortedError);
});

test.each([
  [3, 2],
  [0, 1],
])(
  "a store in trouble is asked again, unless nothing is to be tried again: %d retries",
  async (maxRetries, expected) => {
    const { Connection } = new EmbeddedSearch({ now });
    let calls = 0;
    class Troubled extends Connection {
      override async request(...request: Parameters<InstanceType<typeof Connection>["request"]>): Promise<never> {
        const response = await super.request(...request);
        return (++calls === 1 ? { ...response, statusCode: 503 } : response) as never;
      }
    }
    const client = new Client({
      node: "http://embedded",
      Connection: Troubled,
      Transport: EmbeddedTransport,
      maxRetries,
    });
    const answer = await client.count({ index: "*" }).catch((error: unknown) => error);
    expect(calls).toBe(expected);
    if (maxRetries === 0) expect(answer).toMatchObject({ name: "ResponseError", statusCode: 503 });
    else expect(answer).toMatchObject({ count: 0 });
  },
);

test.each([{}, { Transport: EmbeddedTransport }])("options of the client are kept: %o", async (transport) => {
  const { Connection } = new EmbeddedSearch({ now });
  const sent: unknown[] = [];
  class Watched extends Connection {
    override async request(
      ...[params, options]: Parameters<InstanceType<typeof Connection>["request"]>
    ): Promise<never> {
      sent.push(params.headers);
      return (await super.request(params, options)) as never;
    }
  }
  const options = { node: "http://embedded", Connection: Watched, headers: { "X-Mine": "1" }, ...transport };
  const search = { index: "*", query: { match_all: {} } };
  await new Client(options).search(search);
  await new Client({ ...options, compression: true }).search(search);
  expect(sent).toEqual([
    expect.objectContaining({ "x-mine": "1", "content-type": expect.stringContaining("json") as string }),
    expect.objectContaining({ "x-mine": "1", "content-encoding": "gzip" }),
  ]);
});
