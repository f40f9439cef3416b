import { documents, type JsonValue, mapped, post, refusal, scenario, type Step, topic } from "../scenario.ts";

const fields = mapped("scn-a", {
  k: { type: "keyword" },
  t: { type: "text" },
  l: { type: "long" },
  f: { type: "double" },
  b: { type: "boolean" },
  d: { type: "date" },
  i: { type: "ip" },
});

const some = documents(
  "scn-a",
  { k: "a", l: 1, f: 0.5, b: true, d: "2020-01-01T10:00:00Z", i: "10.0.0.1", t: "x" },
  { k: ["a", "b"], l: [1, 2], f: 1.5, b: false, d: "2020-01-03T00:00:00Z", i: "10.0.0.2" },
  { k: "b", l: 3, d: "2020-03-31T23:59:59.999Z", i: "2001:db8::1", b: true },
  { k: "c", l: -5, f: 2.25, d: ["2020-01-01", "2021-12-31"] },
  { l: 2 },
);

const aggregate = (aggs: JsonValue, others: Readonly<Record<string, JsonValue>> = {}): Step =>
  post("/scn-a/_search", { size: 0, aggs, ...others });
const one = (kind: string, body: JsonValue): Step => aggregate({ it: { [kind]: body } });
const each = (name: string, covers: readonly string[], ...steps: readonly Step[]) =>
  scenario(name, covers, fields, some, ...steps);

export const aggregationsTopic = topic(
  "aggregations",
  "Aggregations",
  [
    each(
      "terms counts documents by value",
      [
        "terms: size, order, min_doc_count, missing, include, exclude",
        "terms on keyword, long, double, boolean, date, ip",
      ],
      one("terms", { field: "k" }),
      one("terms", { field: "l" }),
      one("terms", { field: "f" }),
      one("terms", { field: "b" }),
      one("terms", { field: "d" }),
      one("terms", { field: "i" }),
      one("terms", { field: "k", size: 1 }),
      one("terms", { field: "k", order: { _key: "desc" } }),
      one("terms", { field: "k", order: [{ _count: "asc" }, { _key: "desc" }] }),
      one("terms", { field: "k", min_doc_count: 2 }),
      one("terms", { field: "k", missing: "none" }),
      one("terms", { field: "k", include: "a|c" }),
      one("terms", { field: "k", include: ["b"] }),
      one("terms", { field: "k", exclude: "a.*" }),
      one("terms", { field: "l", exclude: [1] }),
      one("terms", { field: "nope" }),
      one("terms", { field: "t" }),
      one("terms", { field: "k", size: 0 }),
      one("terms", { field: "k", nope: 1 }),
      one("terms", {}),
      one("terms", { field: "k", order: { nope: "asc" } }),
      aggregate({ it: { terms: { field: "k" } } }, { query: { term: { l: 1 } } }),
    ),
    each(
      "composite pages through every combination",
      ["composite: sources terms and date_histogram, size, after, missing_bucket, order"],
      one("composite", { sources: [{ k: { terms: { field: "k" } } }] }),
      one("composite", {
        size: 2,
        sources: [{ k: { terms: { field: "k" } } }, { l: { terms: { field: "l", order: "desc" } } }],
      }),
      one("composite", {
        size: 2,
        sources: [{ k: { terms: { field: "k" } } }, { l: { terms: { field: "l" } } }],
        after: { k: "a", l: 2 },
      }),
      one("composite", { sources: [{ k: { terms: { field: "k", missing_bucket: true } } }] }),
      one("composite", { sources: [{ i: { terms: { field: "i" } } }, { b: { terms: { field: "b" } } }] }),
      one("composite", { sources: [{ d: { date_histogram: { field: "d", calendar_interval: "month" } } }] }),
      one("composite", {
        sources: [{ d: { date_histogram: { field: "d", fixed_interval: "1d", format: "yyyy-MM-dd" } } }],
      }),
      one("composite", { sources: [{ k: { terms: { field: "nope" } } }] }),
      one("composite", { sources: [] }),
      one("composite", { sources: [{ k: { terms: { field: "k" } } }], after: { z: 1 } }),
      one("composite", { sources: [{ k: { nope: {} } }] }),
      one("composite", { sources: [{ k: { terms: { field: "t" } } }] }),
    ),
    each(
      "dates in steps",
      ["date_histogram: calendar_interval, fixed_interval, time_zone, offset, format, min_doc_count, keyed, missing"],
      one("date_histogram", { field: "d", calendar_interval: "month" }),
      one("date_histogram", { field: "d", calendar_interval: "year", format: "yyyy" }),
      one("date_histogram", { field: "d", calendar_interval: "1q", min_doc_count: 1 }),
      one("date_histogram", { field: "d", calendar_interval: "week", min_doc_count: 1 }),
      one("date_histogram", { field: "d", fixed_interval: "30d", min_doc_count: 1 }),
      one("date_histogram", { field: "d", fixed_interval: "12h", min_doc_count: 1, offset: "+6h" }),
      one("date_histogram", { field: "d", calendar_interval: "day", time_zone: "America/New_York", min_doc_count: 1 }),
      one("date_histogram", { field: "d", calendar_interval: "month", min_doc_count: 1, keyed: true }),
      one("date_histogram", { field: "d", calendar_interval: "year", missing: "2000-01-01", min_doc_count: 1 }),
      one("date_histogram", { field: "d", calendar_interval: "month", min_doc_count: 1, order: { _count: "desc" } }),
      one("date_histogram", { field: "d", calendar_interval: "2month" }),
      one("date_histogram", { field: "d", fixed_interval: "1M" }),
      one("date_histogram", { field: "d" }),
      one("date_histogram", { field: "d", interval: "day" }),
      one("date_histogram", { field: "k", calendar_interval: "day" }),
      one("date_histogram", { field: "nope", calendar_interval: "day" }),
    ),
    each(
      "numbers",
      ["min, max, avg, sum, stats, value_count", "cardinality"],
      ...["min", "max", "avg", "sum", "stats", "value_count", "cardinality"].flatMap((kind) => [
        one(kind, { field: "l" }),
        one(kind, { field: "f" }),
        one(kind, { field: "d" }),
        one(kind, { field: "nope" }),
        one(kind, { field: "k" }),
        one(kind, { field: "l", missing: 7 }),
        one(kind, { field: "t" }),
        one(kind, { field: "b" }),
      ]),
      one("cardinality", { field: "i", precision_threshold: 100 }),
      one("cardinality", { field: "k" }),
      one("min", { field: "l", nope: 1 }),
      one("min", {}),
    ),
    each(
      "filters make buckets of queries",
      ["filter", "filters: named, anonymous, other_bucket"],
      one("filter", { term: { k: "a" } }),
      one("filters", { filters: { x: { term: { k: "a" } }, y: { range: { l: { gte: 2 } } } } }),
      one("filters", { filters: [{ term: { k: "a" } }, { match_all: {} }] }),
      one("filters", { filters: { x: { term: { k: "a" } } }, other_bucket: true }),
      one("filters", { filters: { x: { term: { k: "a" } } }, other_bucket_key: "rest" }),
      one("filters", {}),
      one("filter", { nope: {} }),
    ),
    each(
      "the best hits of each bucket",
      ["top_hits: size, from, sort, _source"],
      one("top_hits", { sort: ["l"], _source: ["k"] }),
      aggregate({
        ks: { terms: { field: "k" }, aggs: { top: { top_hits: { size: 1, sort: [{ l: "desc" }], _source: false } } } },
      }),
      one("top_hits", { size: 101 }),
      one("top_hits", { nope: 1 }),
    ),
    each(
      "aggregations inside aggregations",
      ["sub-aggregations", "order by a sub-aggregation"],
      aggregate({
        ks: { terms: { field: "k" }, aggs: { sum: { sum: { field: "l" } }, ls: { terms: { field: "l" } } } },
      }),
      aggregate({ ks: { terms: { field: "k", order: { low: "asc" } }, aggs: { low: { min: { field: "l" } } } } }),
      aggregate({ ks: { terms: { field: "k", order: { "s.max": "desc" } }, aggs: { s: { stats: { field: "l" } } } } }),
      aggregate({
        months: {
          date_histogram: { field: "d", calendar_interval: "month", min_doc_count: 1 },
          aggs: { ks: { terms: { field: "k" }, aggs: { n: { value_count: { field: "l" } } } } },
        },
      }),
      aggregate({
        c: { composite: { sources: [{ k: { terms: { field: "k" } } }] }, aggs: { max: { max: { field: "l" } } } },
      }),
      aggregate({
        f: { filter: { exists: { field: "k" } }, aggs: { f: { filters: { filters: [{ term: { b: true } }] } } } },
      }),
      aggregate({
        f: {
          filters: { filters: [{ term: { k: "a" } }, { range: { l: { gte: 2 } } }, { match_all: {} }] },
          aggs: { sum: { sum: { field: "l" } }, ks: { terms: { field: "k" } } },
        },
      }),
      aggregate({ a: { min: { field: "l" }, aggs: { b: { max: { field: "l" } } } } }),
      aggregate({ a: {} }),
      aggregate({ a: { min: { field: "l" }, max: { field: "l" } } }),
      aggregate({ a: { nope: {} } }),
      aggregate({ "a[b]": { min: { field: "l" } } }),
      aggregate({ a: { min: { field: "l" }, meta: { x: 1 } } }),
      post("/scn-a/_search", { size: 0, aggregations: { a: { max: { field: "l" } } } }),
    ),
    scenario(
      "an index without documents",
      ["aggregations over nothing"],
      fields,
      ...["terms", "min", "max", "avg", "sum", "stats", "value_count", "cardinality"].map((kind) =>
        one(kind, { field: "l" }),
      ),
      one("composite", { sources: [{ k: { terms: { field: "k" } } }] }),
      one("date_histogram", { field: "d", calendar_interval: "day" }),
      one("top_hits", {}),
      one("filter", { match_all: {} }),
    ),
  ],
  [
    refusal("histogram", one("histogram", { field: "l", interval: 1 }), "histogram"),
    refusal("range", one("range", { field: "l", ranges: [{ to: 1 }] }), "range"),
    refusal("nested aggregation", one("nested", { path: "a" }), "nested"),
    refusal("significant_terms", one("significant_terms", { field: "k" }), "significant_terms"),
    refusal("percentiles", one("percentiles", { field: "l" }), "percentiles"),
    refusal("scripted_metric", one("scripted_metric", {}), "scripted_metric"),
    refusal(
      "bucket_selector",
      aggregate({ ks: { terms: { field: "k" }, aggs: { x: { bucket_selector: {} } } } }),
      "bucket_selector",
    ),
    refusal("typed_keys", post("/scn-a/_search?typed_keys=true", { size: 0 }), "typed_keys"),
    refusal("terms with a script", one("terms", { script: "1" }), "script"),
  ],
);
