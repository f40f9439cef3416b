import { describe, expect, it } from "vitest";
import { parseDocument } from "../document/parse-document.ts";
import { EmbeddedSearch } from "../index.ts";
import type { JsonObject } from "../json/json.ts";
import { matchesSimplePattern } from "../text/simple-pattern.ts";
import { Mapping } from "./mapping.ts";
import { parseMapping } from "./parse-mapping.ts";

const mappingOf = (body: JsonObject): Mapping => new Mapping(parseMapping(body));
const read = (mapping: Mapping, document: JsonObject) =>
  parseDocument(mapping, { id: "1", source: JSON.stringify(document) }, document);
const grown = (mapping: Mapping, document: JsonObject): JsonObject =>
  mapping.withFields(read(mapping, document).newFields).toJson();

describe("a mapping", () => {
  it("is shown as it was put, without defaults", () => {
    const body = {
      properties: { a: { type: "keyword", ignore_above: 5 }, o: { properties: { n: { type: "long" } } } },
    };
    expect(
      mappingOf({ properties: { ...body.properties, a: { ...body.properties.a, index: true } } }).toJson(),
    ).toEqual(body);
  });

  it("refuses another type for a field and takes further ones", () => {
    const mapping = mappingOf({ properties: { a: { type: "keyword" } } });
    expect(() => mapping.merge(parseMapping({ properties: { a: { type: "long" } } }))).toThrow(
      "mapper [a] cannot be changed from type [keyword] to [long]",
    );
    expect(mapping.merge(parseMapping({ properties: { "b.c": { type: "ip" } } })).field("b.c")?.type).toBe("ip");
  });

  it.each([
    [{ properties: { a: { type: "nested" } } }, "[nested]"],
    [{ properties: { a: { type: "text", similarity: "boolean" } } }, "[similarity]"],
    [{ runtime: {} }, "[runtime]"],
  ])("names what is not supported: %j", (body, name) => {
    expect(() => mappingOf(body)).toThrow(
      expect.objectContaining({ status: 501, message: expect.stringContaining(name) }),
    );
  });
});

describe("new fields", () => {
  it("get the type of their first value", () => {
    const document = { s: "x", n: [null, 1], f: 0.5, b: true, d: "2020-01-01", none: [], o: { y: "2020" }, "p.q": 1 };
    expect(grown(Mapping.empty, document)).toMatchObject({
      properties: {
        s: { type: "text", fields: { keyword: { type: "keyword", ignore_above: 256 } } },
        n: { type: "long" },
        f: { type: "float" },
        b: { type: "boolean" },
        d: { type: "date" },
        o: { properties: { y: { type: "text" } } },
        p: { properties: { q: { type: "long" } } },
      },
    });
  });

  it("follow the first template that matches", () => {
    const mapping = mappingOf({
      dynamic_templates: [
        { ips: { match: "*address", match_mapping_type: "string", mapping: { type: "ip" } } },
        { rest: { match_mapping_type: ["string", "long"], mapping: { type: "keyword" } } },
      ],
    });
    const properties = { source_address: { type: "ip" }, n: { type: "keyword" } };
    expect(grown(mapping, { source_address: "::1", n: 1 })).toMatchObject({ properties });
  });

  it("stay away where the object says so", () => {
    const mapping = mappingOf({ dynamic: "false", properties: { o: { dynamic: "strict", properties: {} } } });
    expect(read(mapping, { a: 1 }).newFields).toEqual([]);
    expect(() => read(mapping, { o: { a: 1 } })).toThrow("dynamic introduction of [a] within [o] is not allowed");
  });
});

describe("documents", () => {
  it("say which value does not fit and where it stands", () => {
    const mapping = mappingOf({ properties: { n: { type: "long" } } });
    expect(() => read(mapping, { a: "x", n: [1, "y"] })).toThrow(
      "[1:17] failed to parse field [n] of type [long] in document with id '1'. Preview of field's value: 'y'",
    );
  });

  it("leave out malformed and long values where that is allowed, and tell", () => {
    const mapping = mappingOf({
      properties: { n: { type: "long", ignore_malformed: true }, k: { type: "keyword", ignore_above: 2 } },
    });
    const parsed = read(mapping, { n: ["x", 2], k: ["abc", "ab"] });
    expect(parsed.values).toEqual([2, "ab", "k", "n"]);
    expect(parsed.ignored).toEqual(["k", "n"]);
  });
});

it.each([
  ["*", "", true],
  ["a*c", "abc", true],
  ["a*c", "ac", true],
  ["ab*bc", "abc", false],
  ["*a*b*", "xaxbx", true],
  ["abc", "abd", false],
])("the pattern %s and %j", (pattern, text, expected) => expect(matchesSimplePattern(pattern, text)).toBe(expected));

describe("a document of very many names", () => {
  it("is taken in a time that grows with their number only, and maps as many as the limit allows", async () => {
    const store = new EmbeddedSearch();
    const ask = (method: string, path: string, body: object) =>
      store.handle({
        method,
        path,
        querystring: "",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    const settings = { "index.mapping.total_fields.ignore_dynamic_beyond_limit": true };
    await ask("PUT", "/many", { settings, mappings: { subobjects: false } });
    // With each name taking as long as all names before it, these would take minutes.
    const details = Object.fromEntries(Array.from({ length: 60_000 }, (_, index) => [`key${index}`, index]));
    expect((await ask("PUT", "/many/_doc/1", { details })).statusCode).toBe(201);
    const counted = await ask("POST", "/many/_count", { query: { exists: { field: "details.key0" } } });
    expect(JSON.parse(counted.body)).toMatchObject({ count: 1 });
  });
});
