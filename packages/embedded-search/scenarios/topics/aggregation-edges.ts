import { aggregated, documents, type JsonValue, mapped, post, scenario, type Step, topic } from "../scenario.ts";

const fields = mapped("scn-a", {
  k: { type: "keyword" },
  l: { type: "long" },
  f: { type: "double" },
  b: { type: "boolean" },
  d: { type: "date" },
  df: { type: "date", format: "yyyy/MM/dd HH:mm:ss||epoch_second" },
  i: { type: "ip" },
  n: { type: "long", ignore_malformed: true },
});

const some = documents(
  "scn-a",
  { d: "2020-01-01", df: "2020/01/01 00:00:00", k: "a", l: 1, f: 1.5, b: true, i: "10.0.0.1" },
  { d: "2020-01-02T05:00:00Z", df: "2020/01/02 05:00:00", k: ["a", "b"], l: [1, 2], b: false, n: "x" },
  { d: ["2020-01-02T06:00:00.5Z", "2020-03-01"], df: "1583020800", k: "c" },
  { l: 5 },
  { k: "z", f: -1.5, l: -3, i: "::1" },
  { d: "2020-01-03T12:00:00Z", df: "1583000000" },
);

const each = (name: string, covers: readonly string[], ...steps: readonly Step[]) =>
  scenario(name, covers, fields, some, ...steps);
const ALL = ["d", "df", "k", "l", "f", "b", "i"];

const measures: Readonly<Record<string, JsonValue>> = {
  m: { max: { field: "l" } },
  n: { min: { field: "l" } },
  v: { avg: { field: "l" } },
  s: { stats: { field: "l" } },
  f: { filter: { exists: { field: "l" } }, aggs: { m: { max: { field: "l" } }, s: { stats: { field: "l" } } } },
  t: { terms: { field: "l" } },
};
const PATHS = "m n v s.avg s.min s.max f f.doc_count f>m f>m.value f>s.max f[doc_count] s[avg]".split(" ");

const orders = each(
  "buckets without a value have their place in every order",
  ["order by a sub-aggregation, also through filter: `f>m`"],
  ...PATHS.flatMap((path) =>
    ["asc", "desc"].map((direction) =>
      aggregated("terms", { field: "k", order: { [path]: direction } }, { aggs: measures }),
    ),
  ),
  aggregated("terms", { field: "k", order: { m: "asc" }, size: 1 }, { aggs: measures }),
  ...["m", "v", "f>m", "nope", "s", "f>nope", "nope>m", "m>x", "s.nope", "m.nope", "t", "t>m", "f._count"].map((path) =>
    aggregated(
      "date_histogram",
      { field: "d", calendar_interval: "day", order: { [path]: "desc" } },
      { aggs: measures },
    ),
  ),
);

const METADATA = "_index _ignored _id _source _doc_count _field_names _routing _type _nope".split(" ");
const metadata = each(
  "documents are grouped by their index and by what was ignored in them",
  ["terms, composite, cardinality and value_count on _index and _ignored"],
  ...METADATA.map((field) => aggregated("terms", { field })),
  ...["_index", "_ignored"].flatMap((field) => [
    aggregated("value_count", { field }),
    aggregated("cardinality", { field }),
    aggregated("max", { field }),
    aggregated("date_histogram", { field, fixed_interval: "1d" }),
    aggregated("composite", { sources: [{ x: { terms: { field } } }] }),
    aggregated("terms", { field, format: "x" }),
    aggregated("terms", { field, include: "s.*", min_doc_count: 0 }, {}, { term: { k: "none" } }),
  ]),
  post("/scn-nope*/_search", { size: 0, aggs: { a: { terms: { field: "k" } } } }),
);

const keys = each(
  "values are chosen and added by the type of their field",
  ["terms: min_doc_count 0 on all types, include and exclude of the wrong type, missing of dates"],
  ...ALL.flatMap((field) => [
    aggregated("terms", { field, min_doc_count: 0, size: 20 }, {}, { term: { k: "a" } }),
    aggregated("terms", { field, min_doc_count: 0, order: { _key: "desc" } }, {}, { term: { k: "none" } }),
    aggregated("terms", { field, include: "1.*" }),
    aggregated("terms", { field, include: ["x"] }),
    aggregated("terms", { field, include: [] }),
    aggregated("terms", { field, include: [true] }),
    aggregated("terms", { field, include: 1 }),
    aggregated("terms", { field, missing: "x" }),
    ...["min", "value_count", "cardinality"].flatMap((kind) =>
      ["x", 7, "7", true, "2020-01-01||+1d", null, [1]].map((missing) => aggregated(kind, { field, missing })),
    ),
  ]),
  ...["[", "(", "a{1,"].flatMap((pattern) =>
    ["k", "l", "nope"].map((field) => aggregated("terms", { field, include: pattern })),
  ),
  aggregated("terms", { field: "df", missing: 5 }),
  ...["d", "k"].map((field) => aggregated("terms", { field, format: "iii" })),
);

const terms = (field: string, others: Readonly<Record<string, JsonValue>> = {}): JsonValue => ({
  s: { terms: { field, ...others } },
});
const histogram = (others: Readonly<Record<string, JsonValue>>): JsonValue => ({
  s: { date_histogram: { field: "d", calendar_interval: "1d", ...others } },
});
const page = (source: JsonValue, after?: JsonValue): Step =>
  aggregated("composite", { sources: [source], ...(after === undefined ? {} : { after: { s: after } }) });
const NEW_YORK = { time_zone: "America/New_York", format: "yyyy-MM-dd" };

const pages = each(
  "composite pages go on from keys of every type",
  ["composite: after of all types, missing_order", "composite: date_histogram with time_zone and format"],
  ...[...ALL, "nope"].flatMap((field) =>
    [null, 1, "1", "x", true, 1.5, "true", 1_583_000_000_000, "2020/01/02 05:00:00"].map((after) =>
      page(terms(field), after),
    ),
  ),
  page(terms("df", { order: "desc" }), 1_583_000_000_000),
  ...["asc", "desc"].flatMap((order) => [
    page(histogram({ ...NEW_YORK, order })),
    page(histogram({ ...NEW_YORK, order }), "2020-01-01"),
    page(histogram({ ...NEW_YORK, order }), 1_577_923_200_000),
  ]),
  page(histogram({}), "2020-01-02"),
  page(histogram({}), "1577923200000"),
  page(histogram({ format: "yyyy-MM-dd" }), "2020-01-01||+1d"),
  page(histogram({ format: "yyyy-MM-dd" }), "now"),
  page(histogram({ format: "epoch_second" }), 1_577_836_800),
  page(histogram({ format: "yyyy" })),
  page(histogram({ format: "iii" })),
  page({ s: { date_histogram: { field: "d" } } }),
  ...["k", "b"].map((field) => page(histogram({ field }))),
  ...["first", "last", "default"].flatMap((missing_order) =>
    ["asc", "desc"].flatMap((order) => [
      page(terms("k", { missing_bucket: true, missing_order, order })),
      page(terms("l", { missing_bucket: true, missing_order, order }), null),
      page(histogram({ missing_bucket: true, missing_order, order }), null),
    ]),
  ),
  page(terms("k", { missing_order: "last" })),
  page(terms("k", { missing_bucket: true, missing_order: "x" })),
);

const nested = (kind: string, body: JsonValue): Step =>
  aggregated(kind, body, { aggs: { c: { composite: { sources: [terms("l")] } } } });

const refused = each(
  "what has no meaning is refused",
  ["filters: keyed"],
  nested("terms", { field: "k" }),
  nested("filter", { match_all: {} }),
  nested("filters", { filters: { x: { match_all: {} } } }),
  nested("composite", { sources: [terms("k")] }),
  nested("date_histogram", { field: "d", calendar_interval: "month" }),
  aggregated("top_hits", { size: 0 }),
  aggregated("top_hits", { size: 0 }, {}, { term: { k: "none" } }),
  aggregated("top_hits", { size: -1 }),
  aggregated("filters", { filters: {} }),
  aggregated("filters", { filters: [], other_bucket: true }),
  aggregated("filters", { filters: "x" }),
  ...[true, false].map((keyed) => aggregated("filters", { filters: { a: { match_all: {} } }, keyed })),
  aggregated("filter", null),
  aggregated("terms", { field: "k", order: {} }),
  aggregated("composite", {}),
  aggregated("composite", { sources: [terms("k")], after: "x" }),
  aggregated("cardinality", { field: "k", precision_threshold: -1 }),
  aggregated("cardinality", { field: "k", precision_threshold: "x" }),
  ...["asc", "desc"].map((order) =>
    aggregated("top_hits", { sort: [{ d: { order, format: "yyyy" } }], _source: false, size: 6 }),
  ),
);

const sums = scenario(
  "sums of dates are dates, however far away",
  ["stats, sum and avg of dates: value_as_string"],
  mapped("scn-a", {
    d: { type: "date" },
    y: { type: "date", format: "yyyy-MM-dd" },
    s: { type: "date", format: "epoch_second" },
  }),
  documents(
    "scn-a",
    ...Array.from({ length: 12 }, () => ({ d: 8_000_000_000_000_000, y: "9999-12-31", s: "200000000000.5" })),
    { d: -8_000_000_000_000_000, y: "0001-01-01", s: -5 },
  ),
  ...["d", "y", "s"].flatMap((field) => ["stats", "sum", "avg"].map((kind) => aggregated(kind, { field }))),
);

export const aggregationEdgesTopic = topic("aggregation-edges", "Aggregations at their edges", [
  orders,
  metadata,
  keys,
  pages,
  refused,
  sums,
]);
