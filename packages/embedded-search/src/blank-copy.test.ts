import { Client } from "@elastic/elasticsearch";
import { describe, expect, it } from "vitest";
import { EmbeddedSearch } from "./embedded-search.ts";

const clientOf = ({ Connection }: EmbeddedSearch): Client => new Client({ node: "http://embedded", Connection });

describe("a blank copy", () => {
  it("has templates, mappings, settings and aliases but no documents, and is independent", async () => {
    const store = new EmbeddedSearch();
    const client = clientOf(store);
    const mappings = { properties: { at: { type: "ip" as const } } };
    await client.indices.putIndexTemplate({ name: "t", index_patterns: ["a-*"], template: { mappings } });
    await client.indices.create({ index: "a-1", aliases: { a: {} }, settings: { refresh_interval: "-1" } });
    await client.index({ index: "a", document: { at: "192.0.2.1", word: "x" }, refresh: true });

    const copy = clientOf(store.blankCopy());
    expect(await copy.count({ index: "a" })).toMatchObject({ count: 0 });
    expect(await copy.indices.get({ index: "a-1" })).toEqual(await client.indices.get({ index: "a-1" }));
    await copy.indices.create({ index: "a-2" });
    await copy.indices.putMapping({ index: "a-1", properties: { more: { type: "keyword" } } });
    await copy.indices.updateAliases({ actions: [{ remove: { index: "a-1", alias: "a" } }] });
    await copy.index({ index: "a-2", document: { at: "192.0.2.2" }, refresh: true });
    expect(await copy.count({ index: "a-2", query: { term: { at: "192.0.2.0/24" } } })).toMatchObject({ count: 1 });

    expect(await client.indices.exists({ index: "a-2" })).toBe(false);
    expect(await client.count({ index: "a" })).toMatchObject({ count: 1 });
    const { "a-1": original } = await client.indices.getMapping({ index: "a-1" });
    expect(Object.keys(original?.mappings.properties ?? {}).sort()).toEqual(["at", "word"]);
  });
});
