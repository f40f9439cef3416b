import { documents, get, post, put, scenario, search, topic, type JsonValue } from "../scenario.ts";

const create = put("/scn-a", {
  settings: {
    analysis: {
      normalizer: {
        low: { type: "custom", filter: ["lowercase"] },
        none: { type: "custom" },
        short: { filter: "lowercase" },
        own: { type: "lowercase", char_filter: [] },
      },
    },
  },
  mappings: {
    properties: {
      k: { type: "keyword", normalizer: "low" },
      b: { type: "keyword", normalizer: "lowercase", ignore_above: 3, null_value: "NULL" },
      t: { type: "text", fields: { raw: { type: "keyword", normalizer: "short" } } },
      n: { type: "keyword", normalizer: "none" },
    },
  },
});

const write = documents(
  "scn-a",
  { k: "ÀB c", t: " X ", b: "ABCD", n: "ABC" },
  { k: ["ÉÉ", "ee", "Ee"], b: null },
  { k: "a*B", b: "ABC" },
);

const declared = (low: JsonValue) => put("/scn-b", { settings: { analysis: { normalizer: { low } } } });
const field = (normalizer: JsonValue, type = "keyword") =>
  put("/scn-b", { mappings: { properties: { k: { type, normalizer } } } });

export const normalizersTopic = topic(
  "normalizers",
  "Normalizers",
  [
    scenario(
      "normalizers are declared in the settings of an index",
      ["settings: analysis.normalizer, type custom and lowercase", "keyword: normalizer"],
      create,
      get("/scn-a"),
      get("/scn-a/_settings?flat_settings=true&filter_path=*.settings.index.analysis*"),
      field("nope"),
      field("lowercase", "text"),
      field("default"),
      field(5),
      declared({ type: "custom", filter: ["nope"] }),
      declared({ type: "custom", filter: ["stop"] }),
      declared({ type: "bogus", filter: ["lowercase"] }),
      declared({ type: "custom", tokenizer: "standard", filter: ["lowercase"] }),
      declared({ tokenizer: "standard" }),
      declared({ type: "custom", filter: 5 }),
      declared({ type: "custom", char_filter: ["x"] }),
      declared({ type: "custom", char_filter: "x", filter: ["y"] }),
      declared({ type: "custom", filter: " lowercase , lowercase", foo: "bar" }),
      get("/scn-b/_settings"),
      put("/scn-c", { mappings: { properties: { k: { type: "keyword", normalizer: null } } } }),
      get("/scn-c/_mapping"),
    ),
    scenario(
      "a normalizer that is called as one of Elasticsearch's own takes its place",
      [],
      put("/scn-a", {
        settings: { analysis: { normalizer: { lowercase: { type: "custom", filter: [] } } } },
        mappings: { properties: { k: { type: "keyword", normalizer: "lowercase" } } },
      }),
      documents("scn-a", { k: "AB" }),
      post("/scn-a/_search", { size: 0, aggs: { k: { terms: { field: "k" } } } }),
    ),
    scenario(
      "normalizers of an index stay as they are",
      [],
      create,
      put("/scn-a/_settings", { "index.analysis.normalizer.low.filter": [] }),
      put("/scn-a/_settings", { "index.analysis.normalizer.new.filter": ["lowercase"] }),
      put("/scn-a/_mapping", { properties: { k: { type: "keyword" } } }),
      put("/scn-a/_mapping", { properties: { k: { type: "keyword", normalizer: "short" } } }),
      put("/scn-a/_mapping", { properties: { k: { type: "keyword", normalizer: "low" } } }),
      put("/scn-a/_mapping", { properties: { n2: { type: "keyword", normalizer: "short" } } }),
      put("/scn-a/_mapping", {
        dynamic_templates: [{ x: { match: "z*", mapping: { normalizer: "nope", type: "keyword" } } }],
      }),
      put("/scn-a/_mapping", {
        dynamic_templates: [{ x: { match: "z*", mapping: { type: "keyword", normalizer: "low" } } }],
      }),
      documents("scn-a", { zz: "ABC" }),
      get("/scn-a/_mapping"),
      search("scn-a", { term: { zz: "abC" } }),
    ),
    scenario(
      "values and questions are normalized",
      [],
      create,
      write,
      ...[
        { term: { k: "éÉ" } },
        { term: { b: "null" } },
        { term: { n: "abc" } },
        { terms: { k: ["éE", "EE"] } },
        { prefix: { k: "ÀB" } },
        { prefix: { k: { value: "ÉÉ", case_insensitive: true } } },
        { wildcard: { k: "*B" } },
        { wildcard: { k: "A\\*É" } },
        { wildcard: { k: "A\\*B" } },
        { wildcard: { k: { value: "*B*", case_insensitive: true } } },
        { regexp: { k: "[ÉE]+" } },
        { regexp: { "t.raw": ".X." } },
        { fuzzy: { k: "ÀX C" } },
        { range: { k: { gte: "EE", lte: "ÉF" } } },
        { match: { k: "ÀB C" } },
        { match: { k: { query: "ÀX C", fuzziness: 1 } } },
        { match_phrase: { k: "ÀB C" } },
        { term: { k: { value: "ÉÉ", case_insensitive: true } } },
        { term: { "t.raw": " X " } },
        { query_string: { query: "k:ÀB* OR k:ÉÉ" } },
        { query_string: { query: "k:/[ÉE]+/" } },
        { query_string: { query: "k:ÉÉX~1" } },
        { query_string: { query: "k:[ÉE TO ÉF]" } },
        { query_string: { query: "k:*B" } },
        { query_string: { query: "ÉÉ" } },
      ].map((query) => search("scn-a", query)),
    ),
    scenario(
      "keys and sort values are normalized ones",
      [],
      create,
      write,
      post("/scn-a/_search", { _source: false, sort: ["k"] }),
      post("/scn-a/_search", { _source: false, sort: ["k"], search_after: ["EE"] }),
      post("/scn-a/_search", {
        size: 0,
        aggs: {
          k: { terms: { field: "k" } },
          b: { terms: { field: "b" } },
          r: { terms: { field: "t.raw" } },
          chosen: { terms: { field: "k", include: ["EE", "ee"], missing: "ZÉ" } },
          distinct: { cardinality: { field: "k" } },
          pages: { composite: { sources: [{ k: { terms: { field: "k" } } }], after: { k: "EE" } } },
        },
      }),
    ),
    scenario(
      "POST /{index}/_analyze with a normalizer",
      ["_analyze: normalizer"],
      create,
      post("/scn-a/_analyze", { normalizer: "low", text: "ÉÉ x" }),
      post("/scn-a/_analyze", { normalizer: "lowercase", text: ["A", "B"] }),
      post("/scn-a/_analyze", { field: "k", text: ["ÉÉ x", "B"] }),
      post("/scn-a/_analyze", { normalizer: "nope", text: "ÉÉ x" }),
      post("/_analyze", { normalizer: "lowercase", text: "ÉÉ x" }),
    ),
    scenario(
      "templates declare normalizers",
      [],
      put("/_index_template/scn-a", {
        index_patterns: ["scn-t*"],
        template: {
          settings: { analysis: { normalizer: { low: { type: "custom", filter: ["lowercase"] } } } },
          mappings: { properties: { k: { type: "keyword", normalizer: "low" } } },
        },
      }),
      get("/_index_template/scn-a"),
      documents("scn-t1", { k: "X" }),
      get("/scn-t1"),
      search("scn-t1", { term: { k: "x" } }),
      put("/scn-t2", { mappings: { properties: { j: { type: "keyword", normalizer: "low" } } } }),
      get("/scn-t2/_mapping"),
      put("/_index_template/scn-b", {
        index_patterns: ["scn-u*"],
        template: { mappings: { properties: { k: { type: "keyword", normalizer: "low" } } } },
      }),
      put("/_index_template/scn-b", {
        index_patterns: ["scn-u*"],
        template: { settings: { analysis: { normalizer: { low: { type: "custom", filter: ["nope"] } } } } },
      }),
      put("/_index_template/scn-b", {
        index_patterns: ["scn-u*"],
        template: { mappings: { properties: { k: { type: "nope" } } } },
      }),
    ),
  ],
  [],
  ["filters of normalizers: lowercase, uppercase, asciifolding, trim"],
);
