import { describe, expect, it } from "vitest";
import { doorPack } from "./support/alerts.ts";
import { testService } from "./support/test-service.ts";

const setUp = async () => {
  const service = await testService({ packs: [doorPack] });
  const { store } = service.opened;
  const events = async () => {
    const index = store.names.physical("events-*");
    await store.client.indices.refresh({ index });
    const { hits } = await store.client.search<Readonly<Record<string, unknown>>>({ index, size: 100 });
    return hits.hits.map(({ _id, _source }): Readonly<Record<string, unknown>> => ({ _id, ..._source }));
  };
  const send = (
    url: string,
    payload: string | object,
    headers: Record<string, string> = {},
    method = "POST" as "POST" | "PUT",
  ) =>
    service.call({
      method,
      url,
      payload: typeof payload === "string" ? payload : JSON.stringify(payload),
      headers: { "content-type": "application/json", ...headers },
    });
  return { ...service, events, send };
};

const LOGIN = "Jan  1 00:00:01 gate3 sshd[71]: Failed password for root from 198.51.100.7 port 4001 ssh2";

describe("a log as text", () => {
  it("becomes an event a line", async () => {
    const { send, events } = await setUp();
    const { status, body } = await send("/events", `${LOGIN}\n\n${LOGIN.replace("root", "bob")}\r\n`, {
      "content-type": "text/plain; charset=utf-8",
    });
    expect([status, body]).toEqual([200, { saved: 2, refused: [] }]);
    expect(await events()).toMatchObject([
      { hostname: "gate3", details: { username: "root" } },
      { details: { username: "bob" } },
    ]);
  });

  it("may be lines of JSON as well", async () => {
    const { send, events } = await setUp();
    await send("/events", '{"message":"hello","host":"web9"}\nplain words\n', { "content-type": "text/plain" });
    expect((await events()).map(({ summary }) => summary).sort()).toEqual(["hello", "plain words"]);
  });

  it("is refused for its size only, line by line", async () => {
    const { send } = await setUp();
    const { status, body } = await send("/events", `a\n${"x".repeat(1_048_577)}\nb\n`, {
      "content-type": "text/plain",
    });
    expect([status, body.saved, body.refused]).toMatchObject([207, 2, [{ line: 2, code: "EVENT_TOO_LARGE" }]]);
  });
});

describe("what holds no event", () => {
  it.each(["/events-x/_doc", "/events-x/_doc/1", "/events-x/_create/1"])(
    "is refused as a document: %s",
    async (url) => {
      const { send } = await setUp();
      const { status, text } = await send(url, "[]");
      expect([status, JSON.parse(text)]).toMatchObject([
        400,
        { error: { type: "document_parsing_exception" }, status: 400 },
      ]);
    },
  );

  const control = {
    ...{ messageType: "CONTROL_MESSAGE", owner: "CloudwatchLogs", logGroup: "", logStream: "" },
    logEvents: [{ id: "", timestamp: 1_767_225_600_000, message: "CWL CONTROL MESSAGE: Checking health." }],
  };

  it("is taken, and nothing is kept of it", async () => {
    const { send, events } = await setUp();
    const { status, body } = await send("/events", control);
    expect([status, body]).toEqual([200, { saved: 0, refused: [] }]);
    expect(await events()).toEqual([]);
  });

  it("is kept as it is where each document has an answer", async () => {
    const { send, events } = await setUp();
    expect((await send("/logs/_doc", control)).status).toBe(201);
    const { body } = await send("/_bulk", `{"create":{"_index":"logs"}}\n${JSON.stringify(control)}\n`);
    expect(body.items).toMatchObject([{ create: { status: 201 } }]);
    expect(await events()).toMatchObject([{ messageType: "CONTROL_MESSAGE" }, { messageType: "CONTROL_MESSAGE" }]);
  });
});

describe("documents as Elasticsearch takes them", () => {
  it("are events with their ids", async () => {
    const { send, events } = await setUp();
    const made = await send("/logs/_doc", { message: "first", host: { name: "web9" } });
    expect([made.status, made.headers["x-elastic-product"]]).toEqual([201, "Elasticsearch"]);
    await send("/logs/_doc/one", { message: "second" }, {}, "PUT");
    await send("/logs/_create/one", { message: "second" }, {}, "PUT");
    expect((await events()).map(({ _id, summary }) => [summary, _id]).sort()).toEqual([
      ["first", expect.any(String)],
      ["second", "one"],
    ]);
  });

  it("are refused in its shape", async () => {
    const { send } = await setUp();
    const { status, body } = await send("/logs/_doc", "42");
    expect([status, body]).toMatchObject([400, { status: 400, error: { type: "document_parsing_exception" } }]);
    expect((await send("/logs/_doc", "")).status).toBe(400);
  });
});

describe("what shippers ask before they send", () => {
  it.each(["/_license", "/_xpack", "/_ilm/policy/p", "/_index_template/t", "/_component_template/t", "/_template/t"])(
    "is there: %s",
    async (url) => {
      const { call } = await setUp();
      const { status, headers } = await call({ url });
      expect([status, headers["x-elastic-product"]]).toEqual([200, "Elasticsearch"]);
      expect((await call({ url, method: "HEAD" })).status).toBe(200);
    },
  );

  it.each(["/_ingest/pipeline/p", "/_data_stream/d", "/_alias/a"])("is there: %s", async (url) => {
    const { call } = await setUp();
    expect((await call({ url })).status).toBe(200);
  });

  it.each(["/_ilm/policy/p", "/_index_template/t", "/_component_template/t", "/_template/t", "/_ingest/pipeline/p"])(
    "can be installed: %s",
    async (url) => {
      const { send } = await setUp();
      expect(await send(url, {}, {}, "PUT")).toMatchObject({ status: 200, body: { acknowledged: true } });
    },
  );
});

describe("Splunk's HTTP Event Collector", () => {
  it("takes events side by side, of text and of JSON", async () => {
    const { send, events } = await setUp();
    const body =
      '{"time":1767225601,"host":"gate3","source":"/var/log/auth.log","event":"sshd[71]: Failed password for root from 198.51.100.7 port 4001 ssh2"}{"host":"web9","event":{"message":"hello","user":"bob"}}';
    const { status, body: answer } = await send("/services/collector/event", body, { authorization: "Splunk abc" });
    expect([status, answer]).toEqual([200, { text: "Success", code: 0 }]);
    expect((await events()).map(({ hostname }) => hostname).sort()).toEqual(["gate3", "web9"]);
  });

  it("takes lines", async () => {
    const { send, events } = await setUp();
    await send("/services/collector/raw?host=gate9&sourcetype=x", `plain words\n${LOGIN}\n`);
    expect((await events()).map(({ hostname }) => hostname).sort()).toEqual(["gate3", "gate9"]);
  });

  it("acknowledges at once, when a channel is named", async () => {
    const { send } = await setUp();
    const channel = { "x-splunk-request-channel": "00000000-0000-0000-0000-000000000001" };
    expect((await send("/services/collector", { event: "x" }, channel)).body).toEqual({
      text: "Success",
      code: 0,
      ackId: 0,
    });
    expect((await send("/services/collector/ack", { acks: [0, 1] }, channel)).body).toEqual({
      acks: { 0: true, 1: true },
    });
  });

  it.each([
    ["", 5, {}],
    ["{broken", 6, { "invalid-event-number": 0 }],
    ['{"event":"a"}{broken', 6, { "invalid-event-number": 0 }],
  ])("refuses as Splunk does: %j", async (payload, code, rest) => {
    const { send } = await setUp();
    expect(await send("/services/collector", payload)).toMatchObject({ status: 400, body: { code, ...rest } });
  });

  it("is healthy", async () => {
    const { call } = await setUp();
    expect(await call({ url: "/services/collector/health" })).toMatchObject({ status: 200, body: { code: 17 } });
  });
});

describe("OpenTelemetry", () => {
  const record = (text: string) => ({
    timeUnixNano: "1767225601000000000",
    severityNumber: 13,
    body: { stringValue: text },
  });
  const logs = (...records: object[]) => ({
    resourceLogs: [
      {
        resource: { attributes: [{ key: "host.name", value: { stringValue: "web9" } }] },
        scopeLogs: [{ scope: {}, logRecords: records }],
      },
    ],
  });

  it("sends several records in one document, and the same again doubles nothing", async () => {
    const { send, events } = await setUp();
    for (let time = 0; time < 2; time += 1)
      expect(await send("/v1/logs", logs(record("a"), record("b")))).toMatchObject({ status: 200, body: {} });
    expect(await events()).toHaveLength(2);
    expect(await events()).toContainEqual(
      expect.objectContaining({
        hostname: "web9",
        summary: "a",
        severity: "WARNING",
        utctimestamp: "2026-01-01T00:00:01.000Z",
      }),
    );
  });

  it("is told that protobuf is not supported", async () => {
    const { send } = await setUp();
    const { status, body } = await send("/v1/logs", "x", { "content-type": "application/x-protobuf" });
    expect([status, body.error.message]).toEqual([415, expect.stringContaining("encoding: json")]);
  });
});
