import { aggregated, documents, type JsonValue, mapped, scenario, type Step, topic } from "../scenario.ts";

const fields = mapped("scn-a", {
  k: { type: "keyword" },
  l: { type: "long" },
  f: { type: "double" },
  b: { type: "boolean" },
  d: { type: "date" },
  i: { type: "ip" },
  t: { type: "text" },
});
const some = documents(
  "scn-a",
  { k: "a", l: 1, f: 1.5, b: true, d: "2020-01-01", i: "10.0.0.1" },
  { k: ["b", "c", "é"], l: [-7, 12, 13], f: [0.1, 0.3], b: false, d: "2020-01-02T05:00:00Z", i: "::1" },
  { k: "c", l: 7, f: -2.5, b: [true, false], d: ["2020-01-05", "2020-01-05T12:00:00Z"] },
  { k: "a", l: 7, f: 4.75, d: "2019-12-30T23:59:59.999Z", i: ["10.0.0.1", "fe80::1"] },
  { k: ["a", "zz", "日本", ""], l: 9_007_199_254_740_991, f: -0.0 },
  { l: 100 },
  { l: [300, 300], k: ["y", "y"], d: [0, 0], b: [true, true] },
);

const each = (name: string, covers: readonly string[], ...steps: readonly Step[]) =>
  scenario(name, covers, fields, some, ...steps);
const FIELDS = ["l", "f", "b", "d", "k", "i", "nope", "_index", "_id", "t"];
const rare = (others: Readonly<Record<string, JsonValue>>, more: Readonly<Record<string, JsonValue>> = {}): Step =>
  aggregated("rare_terms", { field: "k", ...others }, more);

const rareTerms = each(
  "rare_terms shows what few documents have",
  ["rare_terms: max_doc_count, include, exclude, missing, precision, format, sub-aggregations"],
  ...FIELDS.flatMap((field) => [
    aggregated("rare_terms", { field }),
    aggregated("rare_terms", { field, max_doc_count: 2 }),
    aggregated("rare_terms", { field, missing: 7 }),
    aggregated("rare_terms", { field, missing: "x" }),
    aggregated("rare_terms", { field, include: ["1", "a"] }),
    aggregated("rare_terms", { field, exclude: "a.*" }),
    aggregated("rare_terms", { field }, {}, { term: { k: "none" } }),
  ]),
  ...[0, -1, 100, 101, "2", "x", 2.7, null, [1]].map((max_doc_count) => rare({ max_doc_count })),
  ...[0.1, 0.00001, 0.000001, "0.1", "x", 1, 0].map((precision) => rare({ precision })),
  rare({ include: "[a-b]", exclude: ["a"] }),
  rare({ include: ["a", "zz"], exclude: "a" }),
  rare({ include: { partition: 0, num_partitions: 2 } }),
  rare({ size: 3 }),
  rare({ order: { _key: "asc" } }),
  rare({ bogus: 1 }),
  aggregated("rare_terms", {}),
  aggregated("rare_terms", { field: "d", format: "yyyy" }),
  rare(
    { max_doc_count: 3 },
    { aggs: { m: { max: { field: "l" } }, t: { terms: { field: "b" } }, r: { rare_terms: { field: "l" } } } },
  ),
  ...["l", "k", "d", "b"].map((field) =>
    aggregated("rare_terms", { field, max_doc_count: 2 }, {}, { ids: { values: ["7"] } }),
  ),
  aggregated("rare_terms", { field: "nope" }, { aggs: { m: { max: { field: "nope", missing: "x" } } } }),
  rare({}, { aggs: { h: { top_hits: { size: 1, _source: false } } } }),
  rare({}, { aggs: { c: { composite: { sources: [{ x: { terms: { field: "k" } } }] } } } }),
  aggregated("terms", { field: "b" }, { aggs: { r: { rare_terms: { field: "k", max_doc_count: 1 } } } }),
  aggregated("terms", { field: "b", order: { r: "asc" } }, { aggs: { r: { rare_terms: { field: "k" } } } }),
);

const partitions = each(
  "terms are shown in partitions by their hash",
  ["terms: include by partition and num_partitions"],
  ...["l", "f", "b", "d", "k", "i", "nope", "_index"].flatMap((field) =>
    [0, 1, 2].map((partition) =>
      aggregated("terms", { field, size: 100, order: { _key: "asc" }, include: { partition, num_partitions: 3 } }),
    ),
  ),
  ...[0, 1].map((partition) =>
    aggregated(
      "terms",
      { field: "k", min_doc_count: 0, include: { partition, num_partitions: 2 } },
      {},
      { term: { k: "b" } },
    ),
  ),
  ...[0, 1].map((partition) =>
    aggregated("terms", { field: "k", missing: "none", include: { partition, num_partitions: 2 } }),
  ),
  ...[
    { partition: 3, num_partitions: 3 },
    { partition: -1, num_partitions: 3 },
    { partition: 0 },
    { num_partitions: 3 },
    {},
    { partition: 0, num_partitions: 0 },
    { partition: "1", num_partitions: "3" },
    { partition: "x", num_partitions: 3 },
    { partition: 1.5, num_partitions: 3 },
    { partition: 0, num_partitions: 1, bogus: 1 },
    { partition: 0, num_partitions: 20 },
  ].map((include: JsonValue) => aggregated("terms", { field: "k", include })),
  aggregated("terms", { field: "k", include: { partition: 0, num_partitions: 2 }, exclude: "a" }),
  aggregated("terms", { field: "k", exclude: ["a"], include: { partition: 0, num_partitions: 2 } }),
  aggregated("terms", { field: "k", exclude: { partition: 0, num_partitions: 2 } }),
);

export const rareTermsTopic = topic("rare-terms", "Rare terms and partitions", [rareTerms, partitions]);
