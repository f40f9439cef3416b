import { Client } from "@elastic/elasticsearch";
import { type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, it } from "vitest";
import { EmbeddedSearch, type ListeningStore } from "../src/index.ts";

let store: EmbeddedSearch;

afterEach(() => store.close());

const listening = async (allowedHosts: readonly string[] = []): Promise<ListeningStore> => {
  store = new EmbeddedSearch();
  return store.listen({ port: 0, allowedHosts });
};

interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** With headers that `fetch` sets by itself. */
const ask = async (url: string, { body, ...options }: Sent) => {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(url, options, resolve).once("error", reject).end(body);
  });
  return { status: response.statusCode, body: await text(response) };
};

it("answers the official client over HTTP", async () => {
  const { url } = await listening();
  const client = new Client({ node: url, compression: true });
  await client.index({ index: "a", id: "ü/1", document: { text: "grün" }, refresh: true });
  expect((await client.get({ index: "a", id: "ü/1" }))._source).toEqual({ text: "grün" });
  await expect(client.search({ index: "nope" })).rejects.toThrow("index_not_found_exception");
  await client.close();
});

it("says that it is Elasticsearch, also in answers without a body", async () => {
  const { url } = await listening();
  const response = await fetch(`${url}/nope`, { method: "HEAD" });
  expect(response.status).toBe(404);
  expect(response.headers.get("x-elastic-product")).toBe("Elasticsearch");
  expect(await response.text()).toBe("");
});

it("names what it does not do", async () => {
  const { url } = await listening();
  const response = await fetch(`${url}/_sql`, { method: "POST", body: "{}" });
  expect(response.status).toBe(501);
  expect(await response.text()).toContain("The API [_sql] is not supported by the embedded store");
});

it.each([
  ["text/plain", 406],
  ["application/json; charset=UTF-8", 200],
  ["application/vnd.elasticsearch+json;compatible-with=8", 200],
  ["application/vnd.elasticsearch+json;compatible-with=7", 400],
  ["application/yaml", 501],
])("answers a body of %s with %d", async (contentType, status) => {
  const { url } = await listening();
  const response = await fetch(`${url}/_search`, {
    method: "POST",
    headers: { "content-type": contentType },
    body: "{}",
  });
  expect(response.status).toBe(status);
});

it("rejects when the port is taken", async () => {
  const { port } = await listening();
  await expect(store.listen({ port })).rejects.toThrow("EADDRINUSE");
});

describe("web pages elsewhere", () => {
  const LINES = '{"delete":{"_index":"events","_id":"1"}}\n';
  const JSON_TYPE = "application/json";

  it.each<[string, Sent, number]>([
    ["a body without a type, as of a Blob", { method: "POST", body: LINES }, 406],
    ["a body of a form", { method: "POST", body: LINES, headers: { "content-type": "text/plain" } }, 406],
    ["an origin elsewhere", { headers: { origin: "http://evil.example" } }, 403],
    ["no origin that can be named", { headers: { origin: "null" } }, 403],
    ["another port of this machine", { headers: { origin: "http://127.0.0.1:1" } }, 403],
    ["an image or a script elsewhere", { headers: { "sec-fetch-site": "cross-site" } }, 403],
    ["another port, without an origin", { headers: { "sec-fetch-site": "same-site" } }, 403],
    ["a name that was pointed here", { headers: { host: "evil.example:9200" } }, 403],
    ["one that looks like this machine", { headers: { host: "localhost:1@evil.example" } }, 403],
    ["one that ends like this machine", { headers: { host: "evil.example@localhost" } }, 403],
    ["one that begins like this machine", { headers: { host: "127.0.0.1.evil.example" } }, 403],
    ["no name", { headers: { host: "" } }, 400],
  ])("are not answered: %s", async (_what, sent, status) => {
    const { url } = await listening();
    const given = { "content-type": JSON_TYPE };
    await ask(`${url}/events/_doc/1?refresh`, { method: "PUT", headers: given, body: "{}" });
    expect((await ask(`${url}/_bulk`, { method: "POST", ...sent })).status).toBe(status);
    expect((await ask(`${url}/events/_doc/1`, {})).status).toBe(200);
  });

  it.each<[string, Sent]>([
    ["without a body or a type", { method: "POST" }],
    ["typed into a browser", { headers: { "sec-fetch-site": "none" } }],
    ["another name of this machine", { headers: { host: "localhost" } }],
    ["by IPv6", { headers: { host: "[::1]:9200" } }],
    ["a name that is allowed", { headers: { host: "Store.example:9200" } }],
  ])("are not what comes %s", async (_what, sent) => {
    const { url } = await listening(["store.example"]);
    expect((await ask(`${url}/_refresh`, sent)).status).toBe(200);
  });

  it("are told what names there are", async () => {
    const { url } = await listening(["store.example"]);
    const { body } = await ask(url, { headers: { host: "evil.example" } });
    expect(JSON.parse(body)).toMatchObject({
      error: {
        type: "security_exception",
        reason:
          "The store does not answer under the name [evil.example]; allowed names: [localhost, 127.0.0.1, [::1], store.example]",
      },
      status: 403,
    });
  });
});
