import { Client, errors } from "@elastic/elasticsearch";
import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { doorPack } from "./support/alerts.ts";
import { testService } from "./support/test-service.ts";

const ndjson = (...lines: unknown[]) =>
  lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line))).join("\n");
const post = (url: string, payload: string | Buffer, headers: Record<string, string> = {}) => ({
  method: "POST" as const,
  url,
  payload,
  headers: { "content-type": "application/x-ndjson", ...headers },
});

const setUp = async (config = {}) => {
  const service = await testService({ packs: [doorPack], config });
  const events = async () => {
    const { client, names } = service.opened.store;
    const index = names.physical("events-*");
    await client.indices.refresh({ index });
    const { hits } = await client.search<{ summary?: string }>({ index, size: 100 });
    return hits.hits
      .map(({ _source = {} }) => _source)
      .sort((a, b) => String(a.summary).localeCompare(String(b.summary)));
  };
  return { ...service, events };
};

describe("POST /events", () => {
  it("saves one event with the fields every event has", async () => {
    const { call, events } = await setUp();
    const { status, body } = await call({ method: "POST", url: "/events", json: { summary: "hello", tags: ["a"] } });
    expect([status, body]).toEqual([200, { saved: 1, refused: [] }]);
    expect(await events()).toEqual([
      expect.objectContaining({
        summary: "hello",
        tags: ["a"],
        category: "UNKNOWN",
        endpoint: "events",
        receivedtimestamp: "2026-01-01T00:00:30+00:00",
      }),
    ]);
  });

  it("keeps events of every shape, and counts those of which a part is not indexed", async () => {
    const { call, events } = await setUp();
    const shapes = [
      { summary: "a", details: { program: { name: "any" } }, host: { name: "web1" } },
      { summary: "b", details: { program: "sshd", sourceipaddress: "192.0.2.7:22" }, host: "web1" },
      { summary: "c", details: { ["x".repeat(1_000)]: 1 } },
    ];
    for (const event of shapes) {
      const { body } = await call({ method: "POST", url: "/events", json: event });
      expect(body).toEqual({ saved: 1, refused: [] });
    }
    expect(await events()).toHaveLength(3);
    expect((await call({ url: "/status" })).body).toMatchObject({ intake: { saved: 3, keptInPart: 1 } });
    expect((await call({ url: "/metrics" })).text).toContain('mozdef_events_kept_in_part_total{why="key"} 1');
  });

  it.each(["/events", "/custom/x", "/_bulk"])("believes nobody that an event has alerted already: %s", async (url) => {
    const { call, events } = await setUp();
    const event = { summary: "planted", alert_names: ["DoorAlert"] };
    await call(post(url, url === "/_bulk" ? `${ndjson({ index: {} }, event)}\n` : ndjson(event)));
    expect(await events()).toMatchObject([{ summary: "planted", sender_alert_names: '["DoorAlert"]' }]);
    expect(await events()).not.toMatchObject([{ alert_names: expect.anything() }]);
  });

  it("saves a list", async () => {
    const { call, events } = await setUp();
    await call({ method: "PUT", url: "/events", json: [{ summary: "a" }, { summary: "b" }] });
    expect((await events()).map(({ summary }) => summary)).toEqual(["a", "b"]);
  });

  it("refuses each bad event by itself, with its line and reason, and saves the rest", async () => {
    const { call, events } = await setUp();
    const bad = ["{broken", 42, JSON.stringify("text")];
    const { status, body } = await call(post("/events", ndjson({ summary: "a" }, ...bad, { summary: "b" })));
    expect(status).toBe(207);
    expect(body).toMatchObject({ saved: 2, refused: [{ line: 2 }, { line: 3 }, { line: 4 }] });
    expect(body.refused.map(({ reason }) => reason)).toEqual([
      expect.stringContaining("not JSON"),
      expect.stringContaining("number"),
      expect.stringContaining("not JSON"),
    ]);
    expect((await events()).map(({ summary }) => summary)).toEqual(["a", "b"]);
  });

  it.each([
    ["nothing", "", {}, 400, "BODY_EMPTY"],
    ["broken JSON", '{"a":', {}, 400, "BODY_INVALID"],
    ["no object", "42", {}, 400, "EVENTS_REFUSED"],
    ["an unknown type", "<a/>", { "content-type": "application/xml" }, 415, "CONTENT_TYPE_UNSUPPORTED"],
    ["a form", "a=b", { "content-type": "application/x-www-form-urlencoded" }, 415, "CONTENT_TYPE_UNSUPPORTED"],
    ["an unknown encoding", "x", { "content-encoding": "br" }, 415, "CONTENT_ENCODING_UNSUPPORTED"],
    ["broken gzip", "not gzip", { "content-encoding": "gzip" }, 400, "CONTENT_ENCODING_BROKEN"],
    [
      "cut gzip",
      gzipSync('{"summary":"a"}').subarray(0, 20),
      { "content-encoding": "gzip" },
      400,
      "CONTENT_ENCODING_BROKEN",
    ],
    ["another page's request", "{}", { origin: "https://evil.example" }, 403, "ORIGIN_FORBIDDEN"],
    ["a name that is not ours", "{}", { host: "evil.example" }, 403, "HOST_FORBIDDEN"],
  ])("answers %s clearly and goes on", async (_what, payload, headers, status, code) => {
    const { call } = await setUp();
    const refused = await call(post("/events", payload, headers));
    expect([refused.status, refused.body.error.code]).toEqual([status, code]);
    expect(refused.body.error.message).toMatch(/\w{3}/);
    expect((await call(post("/events", '{"summary":"fine"}'))).status).toBe(200);
  });

  it("unpacks gzip", async () => {
    const { call, events } = await setUp();
    await call(post("/events", gzipSync('{"summary":"packed"}'), { "content-encoding": "gzip" }));
    expect(await events()).toMatchObject([{ summary: "packed" }]);
  });

  it("limits the body, packed or not", async () => {
    const { call } = await setUp({ limits: { bodyBytes: 2_048 } });
    const big = JSON.stringify({ summary: "x".repeat(3_000) });
    for (const request of [post("/events", big), post("/events", gzipSync(big), { "content-encoding": "gzip" })]) {
      const { status, body } = await call(request);
      expect([status, body.error.code]).toEqual([413, "BODY_TOO_LARGE"]);
      expect(body.error.message).toContain("2048 bytes");
    }
  });

  it("limits each event, not its neighbours", async () => {
    const { call } = await setUp({ limits: { eventBytes: 1_024 } });
    const { body } = await call(post("/events", ndjson({ summary: "x".repeat(1_024) }, { summary: "small" })));
    expect(body).toMatchObject({
      saved: 1,
      refused: [{ line: 1, reason: expect.stringContaining("limits.eventBytes") }],
    });
  });

  it("answers random bytes with an error of the sender", async () => {
    const { call } = await setUp();
    for (let length = 1; length < 200; length += 20) {
      const { status } = await call(post("/events", randomBytes(length)));
      expect(status).toBe(400);
    }
  });

  it("says when the store is away", async () => {
    const { call, opened } = await setUp();
    vi.spyOn(opened.store.client, "bulk").mockRejectedValue(new Error("connect ECONNREFUSED"));
    const { status, body, headers } = await call(post("/events", '{"summary":"a"}'));
    expect([status, body.error.code, headers["retry-after"]]).toEqual([503, "STORE_UNAVAILABLE", "5"]);
  });
});

describe("MozDef's other ways in", () => {
  it.each([
    ["/nxlog", { endpoint: "events" }],
    ["/cef", { endpoint: "cef" }],
    ["/custom/my%20source", { endpoint: "my source", customendpoint: true }],
  ])("%s says where an event came from", async (url, fields) => {
    const { call, events } = await setUp();
    await call({ method: "PUT", url, json: { summary: "a", endpoint: "forged" } });
    expect(await events()).toMatchObject([{ summary: "a", ...fields }]);
  });
});

describe("POST /_bulk", () => {
  it("answers as Elasticsearch does, item by item", async () => {
    const { call, events } = await setUp();
    const lines = ndjson({ index: { _index: "logs" } }, { summary: "a" }, { create: { _id: "7" } }, 5, {
      delete: { _id: "1" },
    });
    const { status, body } = await call(post("/_bulk", `${lines}\n`));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      errors: true,
      items: [
        { index: { _index: "events-20260101", status: 201, result: "created" } },
        { create: { _id: "7", status: 400, error: { type: "document_parsing_exception" } } },
        { delete: { _id: "1", status: 400 } },
      ],
    });
    expect(await events()).toMatchObject([{ summary: "a" }]);
  });

  it("stores an event that is sent again under its id once", async () => {
    const { call, events } = await setUp();
    const lines = `${ndjson({ create: { _id: "7" } }, { summary: "a" }, { index: { _id: "8" } }, { summary: "b" })}\n`;
    for (let round = 0; round < 2; round += 1) {
      const { body } = await call(post("/_bulk", lines));
      expect(body).toMatchObject({ errors: false, items: [{ create: { _id: "7" } }, { index: { _id: "8" } }] });
    }
    expect(await events()).toMatchObject([{ summary: "a" }, { summary: "b" }]);
  });

  it("works with the official client, on any index", async () => {
    const { app, events } = await setUp();
    const client = new Client({ node: await app.listen({ port: 0 }) });
    onTestFinished(() => client.close());
    const { errors, items } = await client.bulk({ index: "logs", operations: [{ create: {} }, { summary: "a" }] });
    expect([errors, items]).toEqual([false, [{ create: expect.objectContaining({ status: 201, result: "created" }) }]]);
    expect(await events()).toMatchObject([{ summary: "a" }]);
    expect((await client.cluster.health()).status).toMatch(/green|yellow/);
  });
});

describe("GET /", () => {
  it("leads browsers and people to the pages", async () => {
    const { call } = await setUp();
    for (const accept of ["text/html,application/xhtml+xml,*/*", "*/*"]) {
      const { status, headers } = await call({ url: "/", headers: { accept } });
      expect([status, headers.location]).toEqual([302, "/alerts"]);
    }
  });

  it("does not tell a shipper that it has no right when the service has none", async () => {
    const { call, opened } = await setUp();
    const refused = new errors.ResponseError({
      statusCode: 401,
      body: { error: "no" },
      warnings: [],
      headers: {},
    } as never);
    vi.spyOn(opened.store.client, "info").mockRejectedValue(refused);
    vi.spyOn(opened.store.client.cluster, "health").mockRejectedValue(refused);
    for (const url of ["/", "/_cluster/health"]) {
      const { status, body } = await call({ url, headers: { accept: "application/json" } });
      // It keeps what it has, as for any store that is not to be had at present.
      expect([status, body.error.code]).toEqual([429, "STORE_REFUSED"]);
    }
  });

  it("tells a shipper what the store is", async () => {
    const { call, opened } = await setUp();
    const info = { version: { number: "9.5.1" }, tagline: "You Know, for Search" };
    vi.spyOn(opened.store.client, "info").mockResolvedValue(info as never);
    const { status, body, headers } = await call({ url: "/", headers: { accept: "application/json" } });
    expect([status, body, headers["x-elastic-product"]]).toEqual([200, info, "Elasticsearch"]);
  });
});
