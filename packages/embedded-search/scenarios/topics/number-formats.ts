import { documents, type JsonValue, mapped, post, scenario, type Step, topic } from "../scenario.ts";

const fields = mapped("scn-a", {
  k: { type: "keyword" },
  l: { type: "long" },
  f: { type: "double" },
  b: { type: "boolean" },
  d: { type: "date" },
  i: { type: "ip" },
});
const some = documents(
  "scn-a",
  { k: "a", l: 1, f: 1.5, b: true, d: "2020-01-01", i: "10.0.0.1" },
  { k: "b", l: [-7, 1234567], f: 0.125, b: false, d: "2020-01-02T05:00:00Z" },
  { k: "c", l: 9_007_199_254_740_992, f: -2.5 },
  { k: "d", f: 1e19 },
  { k: "e" },
);

const one = (kind: string, body: JsonValue, query?: JsonValue): Step =>
  post("/scn-a/_search", { size: 0, aggs: { a: { [kind]: body } }, ...(query === undefined ? {} : { query }) });
const each = (name: string, covers: readonly string[], ...steps: readonly Step[]) =>
  scenario(name, covers, fields, some, ...steps);

const PATTERNS = [
  "0.00",
  "#,##0.##",
  "#",
  "000",
  "0.0%",
  "#‰",
  "$0.0;($0.0)",
  "0.##E0",
  "##0.#E00",
  "'#'0' it''s'",
  "",
  ".",
  "x",
  "¤¤0",
  "0.0.0",
  "#0#",
  "0E",
  "'a",
  "a;b",
  "%%0",
  "0#",
];
const FIELDS = ["k", "l", "f", "b", "d", "i", "nope"];

const patterns = each(
  "numbers are written by patterns of Java",
  ["format of numbers in terms, histogram, range, min, max, avg, sum, stats and percentiles"],
  ...PATTERNS.flatMap((format) =>
    ["l", "f"].flatMap((field) => [
      one("terms", { field, format, order: { _key: "asc" } }),
      one("stats", { field, format }),
    ]),
  ),
);

const KINDS = ["min", "max", "avg", "sum", "stats", "value_count", "percentiles"];
const measures = each(
  "measures are written in a format, if the field has formats",
  ["format of dates in min, max, avg, sum and stats"],
  ...KINDS.flatMap((kind) => [
    ...FIELDS.flatMap((field) => [
      one(kind, { field, format: "0.0" }),
      one(kind, { field, format: "yyyy" }),
      one(kind, { field, format: "yyyy", missing: 7 }),
    ]),
    one(kind, { field: "l", format: "0.0" }, { term: { k: "none" } }),
    one(kind, { field: "d", format: "yyyy-MM-dd" }),
    one(kind, { field: "d", format: "bogus" }),
    one(kind, { field: "l", format: 5 }),
    one(kind, { field: "l", format: null }),
    one(kind, { field: "l", format: "$0", missing: 7 }),
    one(kind, { field: "l", format: "0.0", missing: "7.5" }),
    one(kind, { field: "nope", missing: "x" }),
    ...["l", "nope"].map((field) => one(kind, { field, format: "0.0.0" })),
  ]),
);

const buckets = each(
  "keys are written in a format, if the field has formats",
  [],
  ...FIELDS.flatMap((field) => [
    one("terms", { field, format: "0.0" }),
    one("terms", { field, format: "0.0", missing: 7 }),
    one("rare_terms", { field, format: "0.0" }),
    one("histogram", { field, interval: 1e15, format: "0.0", min_doc_count: 1 }),
    one("date_histogram", { field, fixed_interval: "365d", format: "0.0", min_doc_count: 1 }),
    one("range", { field, format: "0.0", ranges: [{ to: 1 }, { from: 1, to: 1000 }, { from: 2 }] }),
    one("cardinality", { field, format: "0.0" }),
    one("composite", { sources: [{ s: { terms: { field, format: "0.0" } } }] }),
  ]),
  one("terms", { field: "l", format: "0.0", include: [1] }),
  one("terms", { field: "l", format: "$0.0", include: ["$1"] }),
  one("terms", { field: "l", format: "$0.0", missing: "$5" }),
  one("terms", { field: "f", format: "0.0", include: [1.5] }),
);

export const numberFormatsTopic = topic("number-formats", "Formats of numbers", [patterns, measures, buckets]);
