import { elasticsearch, type ElasticsearchOptions } from "@mozdef/alert-actions/elasticsearch";
import { expect, it } from "vitest";
import { NOW, send } from "./receiver.ts";
import { openTicketServer, type TicketAnswer, type TicketRequest } from "./ticket-server.ts";

/** A cluster that takes each id of an index once. */
const openCluster = async (failing?: (request: TicketRequest) => TicketAnswer | undefined) => {
  const documents = new Map<string, unknown>();
  const server = await openTicketServer((request) => failing?.(request) ?? create(documents, request));
  return { ...server, documents };
};

const create = (documents: Map<string, unknown>, { method, path, body }: TicketRequest): TicketAnswer => {
  const [, index = "", id = ""] = /^\/([a-z][a-z0-9-]*)\/_create\/([^/]+)$/.exec(path) ?? [];
  if (method !== "PUT" || id === "") return { status: 405 };
  const key = `${index}/${decodeURIComponent(id)}`;
  const type = "version_conflict_engine_exception";
  if (documents.has(key)) return { status: 409, json: { error: { type, reason: `[${id}]: document already exists` } } };
  documents.set(key, body);
  return { status: 201, json: { _index: index, _id: id, result: "created" } };
};

const acting = (url: string, more: Partial<ElasticsearchOptions> = {}) =>
  elasticsearch({ url, index: "soc-alerts", ...more });

it("creates a document of an alert at its own time, once", async () => {
  const { documents, url } = await openCluster();
  const action = acting(`${url}/`, { mostEvents: 1 });
  for (let attempt = 0; attempt < 2; attempt += 1) expect(await send(action, { key: "a/b~c" })).toBeUndefined();
  expect([...documents.keys()]).toEqual(["soc-alerts/a/b~c"]);
  expect(documents.get("soc-alerts/a/b~c")).toMatchObject({
    ...{ "@timestamp": "2026-03-10T08:59:00+00:00", type: "alert", event: "trigger", id: "abc", eventCount: 12 },
    alert: { summary: "10 failed logins by 192.0.2.7", events: [{ documentid: "0" }] },
  });
});

it("creates another document of what happens to it later, at the time of that", async () => {
  const { documents, url } = await openCluster();
  const action = acting(url, { events: ["trigger", "resolve"] });
  await send(action);
  await send(action, { event: "resolve", by: "ana" });
  expect([...documents.keys()]).toEqual(["soc-alerts/abc~hook", `soc-alerts/abc~hook~resolve~${NOW.getTime()}`]);
  expect(documents.get(`soc-alerts/abc~hook~resolve~${NOW.getTime()}`)).toMatchObject({
    "@timestamp": NOW.toISOString(),
    by: "ana",
  });
});

it("has an id of at most 512 bytes", async () => {
  const { documents, url } = await openCluster();
  await send(acting(url), { key: "語".repeat(200) });
  expect([...documents.keys()][0]).toMatch(/^soc-alerts\/[0-9a-f]{64}$/);
});

it.each([
  [{ apiKey: "key-12345" }, "ApiKey key-12345"],
  [{ user: "mozdef", password: "password-1" }, `Basic ${Buffer.from("mozdef:password-1").toString("base64")}`],
  [{}, undefined],
])("logs in by %j", async (login, authorization) => {
  const { asked, url } = await openCluster();
  await send(acting(url, login));
  expect(asked[0]?.authorization).toBe(authorization);
});

it.each([
  [429, { retry: expect.stringContaining("it answered 429") as string }],
  [503, { retry: expect.stringContaining("it answered 503") as string }],
  [400, { refused: expect.stringContaining("document_parsing_exception") as string }],
  [401, { refused: expect.stringContaining("[hidden]") as string }],
  [409, { refused: expect.stringContaining("it answered 409") as string }],
])("takes the answer %i for what it means", async (status, expected) => {
  const json = { error: { type: "document_parsing_exception", reason: "of key-12345" } };
  const { url } = await openCluster(() => ({ status, json }));
  const got = await send(acting(url, { apiKey: "key-12345" }));
  expect(got).toEqual(expected);
  expect(JSON.stringify(got)).not.toContain("key-12345");
});

it.each([
  [{ index: "Alerts" }, "index: "],
  [{ index: "a/_delete_by_query" }, "index: "],
  [{ index: "_all" }, "index: "],
  [{ user: "u" }, "password: expected user and password"],
  [{ apiKey: "k", user: "u", password: "p" }, "apiKey: expected apiKey, or user and password"],
])("refuses the options %j, and names the key", (more, reason) => {
  expect(() => acting("http://127.0.0.1", more)).toThrow(
    expect.objectContaining({ code: "ACTION_INVALID", message: expect.stringContaining(reason) as string }),
  );
});
