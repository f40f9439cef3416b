import { answerRelayed, type RelayedRequest, relayedClient, saveEvents } from "@mozdef/alert-store";
import { expect, it } from "vitest";
import { login } from "./alerts.ts";
import { NOW, openStore } from "./open-store.ts";

const opened = async () => {
  const store = await openStore();
  await saveEvents(store, [login("a")], { now: NOW, refresh: true });
  const asked: RelayedRequest[] = [];
  const client = relayedClient((request) => {
    asked.push(request);
    return answerRelayed(store.client, request);
  });
  return { store, client, asked, index: store.names.physical("events") };
};

it("reads through another process", async () => {
  const { client, index } = await opened();
  const query = { term: { hostname: "a" } };
  expect((await client.count({ index, query })).count).toBe(1);
  const { responses } = await client.msearch({ searches: [{ index }, { query }] });
  expect(responses).toMatchObject([{ status: 200, hits: { total: { value: 1 } } }]);
  const { id } = await client.openPointInTime({ index, keep_alive: "1m" });
  expect((await client.search({ pit: { id }, query })).hits.hits).toHaveLength(1);
  expect((await client.closePointInTime({ id })).succeeded).toBe(true);
  expect(await client.indices.exists({ index: "nothing-here" })).toBe(false);
});

it("gives errors of the server as they are, and tells when nobody answers", async () => {
  const { client, index } = await opened();
  await expect(client.search({ index: "nothing-here" })).rejects.toMatchObject({ statusCode: 404 });
  await expect(client.search({ index, query: { wrong: {} } as never })).rejects.toMatchObject({ statusCode: 400 });
  const away = relayedClient(() => Promise.reject(new Error("connection refused")));
  await expect(away.count({ index })).rejects.toMatchObject({ name: "ConnectionError", message: "connection refused" });
});

it("refuses whatever is not reading", async () => {
  const { store, client, index } = await opened();
  const attempts = [
    client.index({ index, document: { a: 1 } }),
    client.bulk({ operations: [{ delete: { _index: index, _id: "x" } }] }),
    client.indices.delete({ index }),
    client.indices.create({ index: "other" }),
    client.deleteByQuery({ index, query: { match_all: {} } }),
    client.transport.request({ method: "DELETE", path: `/${index}/_pit` }),
    client.transport.request({ method: "PUT", path: `/${index}/_search`, body: {} }),
    client.transport.request({ method: "POST", path: `/${index}/_doc`, body: {} }),
  ];
  for (const attempt of attempts) await expect(attempt).rejects.toMatchObject({ statusCode: 403 });
  expect((await store.client.count({ index })).count).toBe(1);
});
