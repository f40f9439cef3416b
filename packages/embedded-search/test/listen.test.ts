import { Client } from "@elastic/elasticsearch";
import { afterEach, expect, it } from "vitest";
import { EmbeddedSearch, type ListeningStore } from "../src/index.ts";

let store: EmbeddedSearch;

afterEach(() => store.close());

const listening = async (): Promise<ListeningStore> => {
  store = new EmbeddedSearch();
  return store.listen({ port: 0 });
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
