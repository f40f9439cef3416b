/** A valid request, to be corrupted. */
export interface Sample {
  readonly method: string;
  readonly path: string;
  readonly querystring?: string;
  readonly body: string;
}

const search = (body: object): Sample => ({ method: "POST", path: "/fuzz/_search", body: JSON.stringify(body) });
const EVENT = {
  summary: "login failed for root",
  n: 3,
  ip: "10.0.0.1",
  when: "2020-01-01T00:00:00Z",
  o: { k: ["a", "b"], f: 1.5 },
};

/** Every API and every kind of query and aggregation once. */
export const samples: readonly [Sample, ...Sample[]] = [
  { method: "PUT", path: "/fuzz/_doc/1", body: JSON.stringify(EVENT) },
  {
    method: "POST",
    path: "/fuzz/_update/1",
    body: JSON.stringify({ doc: { n: 4, o: { x: null } }, doc_as_upsert: true }),
  },
  {
    method: "POST",
    path: "/_bulk",
    body: `{"index":{"_index":"fuzz","_id":"2"}}\n${JSON.stringify(EVENT)}\n{"delete":{"_index":"fuzz","_id":"1"}}\n`,
  },
  {
    method: "PUT",
    path: "/fuzz/_mapping",
    body: JSON.stringify({ properties: { d2: { type: "date", format: "yyyy-MM-dd||epoch_millis" } } }),
  },
  {
    method: "PUT",
    path: "/fuzz-new",
    body: JSON.stringify({
      settings: { number_of_shards: 1 },
      mappings: { dynamic_templates: [{ a: { match: "*", mapping: { type: "keyword" } } }] },
    }),
  },
  { method: "DELETE", path: "/fuzz-new", body: "" },
  {
    method: "PUT",
    path: "/_index_template/fuzz",
    body: JSON.stringify({ index_patterns: ["fuzz-*"], template: { mappings: { properties: { a: { type: "ip" } } } } }),
  },
  {
    method: "POST",
    path: "/_aliases",
    body: JSON.stringify({ actions: [{ add: { index: "fuzz", alias: "fuzz-alias", filter: { term: { n: 3 } } } }] }),
  },
  { method: "POST", path: "/_mget", body: JSON.stringify({ docs: [{ _index: "fuzz", _id: "1", _source: ["n"] }] }) },
  {
    method: "POST",
    path: "/_msearch",
    body: `{"index":"fuzz"}\n{"query":{"match":{"summary":"login"}}}\n{}\n{"size":0}\n`,
  },
  { method: "POST", path: "/fuzz/_count", body: JSON.stringify({ query: { exists: { field: "n" } } }) },
  {
    method: "POST",
    path: "/_analyze",
    body: JSON.stringify({ analyzer: "standard", text: "It's 10.0.0.1, \u0e44\u0e17\u0e22 \ud83d\ude00" }),
  },
  search({
    query: {
      bool: {
        must: [{ match_phrase: { summary: { query: "login failed", slop: 2 } } }],
        must_not: [{ terms: { "o.k.keyword": ["x"] } }],
        should: [{ wildcard: { summary: "log*" } }],
        minimum_should_match: "50%",
      },
    },
  }),
  search({
    query: {
      query_string: { query: 'summary:(login OR "failed for"~2) AND n:[1 TO 5} -ip:"10.0.0.0/8" +/ro.t/ fo~1^2' },
    },
  }),
  search({ query: { regexp: { "o.k.keyword": { value: "(a|b)+<1-9>~c", flags: "ALL" } } } }),
  search({
    query: { fuzzy: { summary: { value: "lgoin", fuzziness: "AUTO" } } },
    sort: [{ when: "desc" }, "_doc"],
    search_after: [1577836800000, 1],
  }),
  search({
    query: { range: { when: { gte: "now-10y/d", lt: "2021||+1M/d", time_zone: "Europe/Berlin" } } },
    _source: { includes: ["o.*"], excludes: ["o.f"] },
  }),
  search({ query: { ids: { values: ["1", "2"] } }, from: 0, size: 3, track_total_hits: true }),
  search({
    size: 0,
    aggs: {
      t: {
        terms: { field: "o.k.keyword", order: { s: "desc" } },
        aggs: { s: { sum: { field: "n" } }, h: { top_hits: { size: 1 } } },
      },
    },
  }),
  search({
    size: 0,
    aggs: {
      c: {
        composite: {
          size: 2,
          sources: [
            { k: { terms: { field: "n" } } },
            { d: { date_histogram: { field: "when", calendar_interval: "month" } } },
          ],
          after: { k: 1, d: 0 },
        },
      },
    },
  }),
  search({
    size: 0,
    aggs: {
      d: { date_histogram: { field: "when", fixed_interval: "12h", time_zone: "+05:30", min_doc_count: 1 } },
      f: { filters: { filters: { a: { match_all: {} } }, other_bucket: true } },
      x: { cardinality: { field: "n" } },
    },
  }),
];
