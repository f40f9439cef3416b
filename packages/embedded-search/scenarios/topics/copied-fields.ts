import { documents, get, mapped, post, put, scenario, search, topic, type JsonValue } from "../scenario.ts";

const create = mapped("scn-a", {
  k: { type: "keyword", copy_to: "all" },
  t: { type: "text", copy_to: ["all", "kk"], fields: { raw: { type: "keyword" } } },
  all: { type: "text" },
  kk: { type: "keyword", null_value: "NN" },
  n: { type: "long", copy_to: ["all", "o.n", "dyn", "oo.dyn"] },
  o: { properties: { n: { type: "long", copy_to: "all" }, x: { type: "keyword", copy_to: "k" } } },
  b: { type: "boolean", copy_to: "all" },
  d: { type: "date", copy_to: "kk" },
  i: { type: "ip", copy_to: "n2", ignore_malformed: true },
  n2: { type: "long" },
});

const one = (properties: Readonly<Record<string, JsonValue>>, others: Readonly<Record<string, JsonValue>> = {}) =>
  put("/scn-b", { mappings: { properties, ...others } });

const copied = (copy_to: JsonValue): JsonValue => ({ k: { type: "keyword", copy_to } });

export const copiedFieldsTopic = topic("copied-fields", "Copies of fields", [
  scenario(
    "values are copied to other fields",
    ["copy_to"],
    create,
    get("/scn-a/_mapping"),
    documents(
      "scn-a",
      { k: "One Two", t: ["Three", "Four"], n: 5, b: true, d: "2020-01-01", o: { n: 7, x: "deep" } },
      { t: null, n: null, k: [null, "five"] },
      { i: "5", n: 1.7 },
      { all: "own", k: "copied", o: [{ x: "a" }, { x: ["b", "c"] }] },
    ),
    get("/scn-a/_mapping"),
    post("/scn-a/_search", {
      sort: ["_doc"],
      aggs: {
        kk: { terms: { field: "kk" } },
        k: { terms: { field: "k" } },
        on: { terms: { field: "o.n" } },
        dyn: { terms: { field: "dyn" } },
        deep: { terms: { field: "oo.dyn" } },
        n2: { terms: { field: "n2" } },
      },
    }),
    ...["two", "deep", "true", "5", "7", "1.7", "own copied"].map((all) => search("scn-a", { match: { all } })),
    search("scn-a", { match_phrase: { all: "three four" } }),
    search("scn-a", { match_phrase: { all: "own copied" } }),
    search("scn-a", { query_string: { query: "five" } }),
    search("scn-a", { term: { kk: "NN" } }),
  ),
  scenario(
    "a copy has to fit",
    [],
    create,
    put("/scn-a/_doc/1", { i: "10.0.0.1" }),
    put("/scn-a/_doc/1", { i: ["5", "bogus"] }),
    put("/scn-a/_doc/1", { t: { a: 1 } }),
    put("/scn-a/_doc/1", { n: 1.7, o: { n: "x" } }),
    put("/scn-a/_doc/1", { n: "y" }),
    mapped("scn-b", { g: { type: "geo_point", copy_to: "gg" }, gg: { type: "geo_point" } }),
    put("/scn-b/_doc/1", { g: [1, 2] }),
    put("/scn-b/_doc/1", { g: { lat: 1, lon: 2 } }),
    put("/scn-b/_doc/1", { g: "1,2" }),
  ),
  scenario(
    "what copy_to may say",
    [],
    ...[5, ["a", "a"], []].map((copy_to, i) => put(`/scn-c${i}`, { mappings: { properties: copied(copy_to) } })),
    get("/scn-c*/_mapping"),
    one({ k: { type: "keyword", copy_to: "t.raw" }, t: { type: "text", fields: { raw: { type: "keyword" } } } }),
    one({ k: { type: "keyword", fields: { a: { type: "text", copy_to: "t" } } } }),
    one({ k: { type: "keyword", copy_to: "o" }, o: { properties: { x: { type: "long" } } } }),
    one({ k: { type: "keyword", copy_to: "o" }, o: { type: "object", enabled: false } }),
    one({ k: { type: "keyword", copy_to: "k" } }),
    documents("scn-b", { k: "x" }),
    post("/scn-b/_search", { size: 0, aggs: { k: { terms: { field: "k" } } } }),
    put("/scn-b/_mapping", { properties: { k: { type: "keyword", copy_to: ["j", "l"] } } }),
    put("/scn-b/_mapping", { properties: { o: { properties: { x: { type: "long", copy_to: "k.y" } } } } }),
    get("/scn-b/_mapping"),
    put("/scn-b/_mapping", { properties: { k: { type: "keyword" } } }),
    get("/scn-b/_mapping"),
  ),
  scenario(
    "copies to another name are refused",
    [],
    one({ k: { type: "keyword", copy_to: "al" }, j: { type: "keyword" }, al: { type: "alias", path: "j" } }),
    put("/scn-b/_doc/1", { k: "x" }),
  ),
  scenario(
    "copies are not copied on",
    [],
    one({ k: { type: "keyword", copy_to: "j" }, j: { type: "keyword", copy_to: "l" }, l: { type: "keyword" } }),
    documents("scn-b", { k: "x" }, { j: "x" }),
    search("scn-b", { exists: { field: "l" } }),
  ),
  scenario(
    "copies to fields that are not mapped",
    [],
    put("/scn-a", { mappings: { dynamic: false, properties: copied("x") } }),
    documents("scn-a", { k: "x" }),
    put("/scn-b", { mappings: { dynamic: "strict", properties: copied("x.y") } }),
    put("/scn-b/_doc/1", { k: "x" }),
    put("/scn-c", { mappings: { dynamic: "strict", properties: copied("x") } }),
    put("/scn-c/_doc/1", { k: ["x"] }),
    put("/scn-d", {
      mappings: {
        subobjects: false,
        properties: { k: { type: "keyword", copy_to: ["a.b", "c", "d.e"] }, "a.b": { type: "text" } },
      },
    }),
    documents("scn-d", { k: "x" }),
    put("/scn-e", {
      mappings: { properties: { k: { type: "keyword", copy_to: "c.x" }, c: { type: "object", enabled: false } } },
    }),
    documents("scn-e", { k: "x" }),
    put("/scn-f", {
      mappings: {
        dynamic_templates: [{ a: { match_mapping_type: "string", mapping: { type: "keyword", copy_to: "all" } } }],
      },
    }),
    documents("scn-f", { k: "xxxx", z: ["a", "b"] }),
    post("/scn-f/_search", { size: 0, aggs: { all: { terms: { field: "all" } } } }),
    put("/scn-g", {
      settings: {
        "index.mapping.total_fields.limit": 2,
        "index.mapping.total_fields.ignore_dynamic_beyond_limit": true,
      },
      mappings: { properties: copied(["x", "y"]) },
    }),
    documents("scn-g", { k: "x", z: "y" }),
    post("/scn-g/_search", {}),
    mapped("scn-h", { k: { type: "keyword", ignore_above: 2, copy_to: "c" }, c: { type: "keyword" } }),
    documents("scn-h", { k: "xxxx" }),
    post("/scn-h/_search", { query: { exists: { field: "c" } } }),
    get("/scn-*/_mapping"),
  ),
]);
