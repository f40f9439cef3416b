import { aggregated, documents, type JsonValue, mapped, scenario, type Step, topic } from "../scenario.ts";

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
  { k: "b", l: [-7, 12, 13], f: [0.1, 0.3], b: false, d: "2020-01-02T05:00:00Z" },
  { k: "c", l: 7, f: -2.5, b: [true, false], d: ["2020-01-05", "2020-01-05T12:00:00Z"] },
  { k: "a", f: 4.75, d: "2019-12-30T23:59:59.999Z" },
  { k: "e" },
);

const each = (name: string, covers: readonly string[], ...steps: readonly Step[]) =>
  scenario(name, covers, fields, some, ...steps);
const NONE = { term: { k: "none" } };
const histogram = (others: Readonly<Record<string, JsonValue>>, more: Readonly<Record<string, JsonValue>> = {}): Step =>
  aggregated("histogram", { field: "l", interval: 5, ...others }, more);

const plain = each(
  "histogram puts numbers into intervals of one size",
  ["histogram: interval, offset, min_doc_count, order, keyed, missing, format"],
  ...["l", "f", "b", "d", "k", "i", "nope", "_index"].map((field) =>
    aggregated("histogram", { field, interval: field === "d" ? 86_400_000 : 2 }),
  ),
  ...[0.1, 0.3, 2.5, "2", 1e300, 0, -1, "x", null].map((interval) =>
    aggregated("histogram", { field: "f", interval, min_doc_count: 1 }),
  ),
  ...[1, -1, 0.5, 7, -12.5, "3", "x"].map((offset) => histogram({ offset })),
  ...[0, 1, 2, 3, -1, "x"].map((min_doc_count) => histogram({ min_doc_count })),
  ...[true, false, "true", "x"].map((keyed) => histogram({ keyed })),
  histogram({ keyed: true, format: "0.0" }),
  ...[0, 100, "7", "x", null, 2.5, true].map((missing) => histogram({ missing })),
  ...[{ _key: "desc" }, { _count: "desc" }, { _count: "asc" }, { m: "desc" }, { nope: "asc" }].map((order) =>
    histogram({ order }, { aggs: { m: { max: { field: "f" } } } }),
  ),
  histogram({ bogus: 1 }),
  histogram({}, { aggs: { t: { terms: { field: "k", min_doc_count: 0 } }, m: { avg: { field: "f" } } } }),
  aggregated("histogram", { field: "l" }),
  aggregated("histogram", { interval: 5 }),
  aggregated("histogram", { field: "l", interval: 0.0001 }),
  aggregated("histogram", { field: "l", interval: 5 }, {}, NONE),
  aggregated("terms", { field: "k" }, { aggs: { h: { histogram: { field: "l", interval: 5 } } } }),
  aggregated(
    "histogram",
    { field: "l", interval: 5 },
    { aggs: { c: { composite: { sources: [{ x: { terms: { field: "k" } } }] } } } },
  ),
);

const BOUNDS: readonly JsonValue[] = [
  { min: 0, max: 10 },
  { min: -20, max: 30 },
  { min: 3 },
  { max: 8 },
  { min: 5, max: 5 },
  { min: 5, max: 4 },
  {},
  { min: "3", max: "x" },
  { min: null, max: 8 },
  { min: 2.5, max: 7.5 },
  { low: 3 },
  5,
  [1, 2],
  null,
  { min: true },
  { min: -100, max: -50 },
];
const bounds = each(
  "histogram shows intervals up to bounds, and none beyond hard ones",
  ["histogram: extended_bounds, hard_bounds"],
  ...BOUNDS.flatMap((limits) => [
    histogram({ extended_bounds: limits }),
    histogram({ hard_bounds: limits }),
    histogram({ hard_bounds: limits, min_doc_count: 1, offset: 2 }),
    histogram({ extended_bounds: limits, offset: 2 }),
    aggregated("histogram", { field: "l", interval: 5, extended_bounds: limits }, {}, NONE),
    aggregated("histogram", { field: "nope", interval: 5, hard_bounds: limits }),
  ]),
  histogram({ extended_bounds: { min: 0, max: 10 }, hard_bounds: { min: -5, max: 20 } }),
  histogram({ extended_bounds: { min: -10, max: 10 }, hard_bounds: { min: -5, max: 20 } }),
  histogram({ extended_bounds: { min: 0, max: 100 }, hard_bounds: { min: -5, max: 20 } }),
  histogram({ extended_bounds: { min: 0 }, hard_bounds: { max: 20 } }),
  histogram({ extended_bounds: { max: 10 }, hard_bounds: { min: 0 } }),
  histogram({ extended_bounds: { min: 0, max: 1e9 } }),
  aggregated("histogram", { field: "d", interval: 86_400_000, hard_bounds: { min: "2020-01-01", max: "2020-01-03" } }),
  aggregated("histogram", {
    field: "d",
    interval: 86_400_000,
    extended_bounds: { min: 1_577_000_000_000, max: 1_578_000_000_000 },
  }),
  aggregated("histogram", { field: "f", interval: 0.5, hard_bounds: { min: 0.2, max: 1.5 } }),
);

const dates = (others: Readonly<Record<string, JsonValue>>): Step =>
  aggregated("date_histogram", { field: "d", calendar_interval: "day", ...others });
const DATE_BOUNDS: readonly JsonValue[] = [
  { min: "2020-01-01", max: "2020-01-03" },
  { min: "2019-12-28", max: "2020-01-08" },
  { min: "2020-01-02" },
  { max: "2020-01-02" },
  { min: "2020-01-02T12:00:00Z", max: "2020-01-04T12:00:00Z" },
  { min: 1_577_836_800_000, max: 1_578_009_600_000 },
  { min: "2020-01-03", max: "2020-01-01" },
  { min: "2020-01-02||-1d", max: "2020-01-02||/M" },
  { min: "x" },
  {},
  5,
  null,
  { low: 1 },
  { min: 1.5 },
  { min: true },
];
const dateBounds = each(
  "date_histogram shows no intervals beyond hard bounds",
  ["date_histogram: hard_bounds"],
  ...DATE_BOUNDS.flatMap((limits) => [
    dates({ hard_bounds: limits }),
    dates({ hard_bounds: limits, min_doc_count: 1, offset: "6h" }),
    dates({ hard_bounds: limits, time_zone: "America/New_York" }),
    dates({ hard_bounds: limits, extended_bounds: limits }),
    dates({ extended_bounds: limits, offset: "6h" }),
    aggregated("date_histogram", { field: "nope", fixed_interval: "1d", hard_bounds: limits }),
    aggregated("date_histogram", { field: "l", fixed_interval: "1ms", hard_bounds: limits }),
  ]),
  dates({
    hard_bounds: { min: "2020-01-01", max: "2020-01-03" },
    extended_bounds: { min: "2019-12-31", max: "2020-01-02" },
  }),
  dates({
    hard_bounds: { min: "2020-01-01", max: "2020-01-03" },
    extended_bounds: { min: "2020-01-01", max: "2020-01-04" },
  }),
  dates({ hard_bounds: { min: "2020-01-01" }, extended_bounds: { max: "2020-01-04" } }),
  dates({ hard_bounds: { min: "01/02/2020", max: "01/05/2020" }, format: "MM/dd/yyyy" }),
  dates({ hard_bounds: { min: "2020" }, missing: "2019-12-25" }),
  dates({ hard_bounds: { min: "2020-01-02T12:00" }, extended_bounds: { min: "2020-01-02", max: "2020-01-04" } }),
  dates({ hard_bounds: { max: "2020-01-03" }, extended_bounds: { max: "2020-01-03T12:00" }, offset: "6h" }),
  dates({ hard_bounds: { min: "2020-01-03" }, extended_bounds: { min: "2020-01-03T12:00" }, offset: "-6h" }),
  aggregated("date_histogram", {
    field: "d",
    calendar_interval: "month",
    offset: "-30m",
    hard_bounds: { min: 1_578_000_000_000 },
  }),
);

const range = (ranges: JsonValue, others: Readonly<Record<string, JsonValue>> = {}): Step =>
  aggregated("range", { field: "l", ranges, ...others });
const ranges = each(
  "range counts numbers from one bound up to another",
  ["range: from, to, key, keyed, missing, format"],
  range([{ to: 5 }, { from: 5, to: 10 }, { from: 10 }]),
  range([{ from: 0, to: 20 }, { from: 5, to: 10 }, { from: -100 }, {}]),
  range([
    { from: 5, key: "big" },
    { to: 5, key: "small" },
  ]),
  range([{ from: 5, key: "big" }, { to: 5 }], { keyed: true }),
  range([{ from: 5 }, { to: 5 }], { keyed: true, format: "0.00" }),
  range([{ from: "5", to: "7.5" }]),
  range([{ from: 10, to: 5 }]),
  range([{ from: null, to: 5 }]),
  range([{ from: "x" }]),
  range([{ bogus: 1 }]),
  range([{ from: true }]),
  range([]),
  range({ from: 1 }),
  range(null),
  aggregated("range", { field: "l" }),
  aggregated("range", { ranges: [{ from: 1 }] }),
  ...["l", "f", "b", "d", "k", "i", "nope", "_index"].map((field) =>
    aggregated("range", { field, ranges: [{ to: 1 }, { from: 1, to: 1_577_836_800_001 }, { from: 0.1, to: 0.3 }] }),
  ),
  ...["d", "b"].map((field) =>
    aggregated("range", { field, ranges: [{ to: "2020-01-02" }, { from: "2020-01-02||-1d" }] }),
  ),
  aggregated("range", { field: "d", format: "yyyy", ranges: [{ to: "2020" }, { from: "2020" }] }),
  ...[7, "7", "x", null].map((missing) => range([{ from: 5 }, { to: 5 }], { missing })),
  range(
    [
      { from: 5, to: 6 },
      { from: 5, to: 6 },
    ],
    { keyed: true },
  ),
  aggregated(
    "range",
    { field: "l", ranges: [{ to: 5 }, { from: 5 }] },
    { aggs: { m: { avg: { field: "f" } }, t: { terms: { field: "k" } } } },
  ),
  aggregated(
    "range",
    { field: "l", ranges: [{ to: 5 }, { from: 5 }] },
    { aggs: { c: { composite: { sources: [{ x: { terms: { field: "k" } } }] } } } },
  ),
  aggregated("range", { field: "f", ranges: [{ from: 0.1, to: 0.3 }, { from: 1e10 }] }, {}, NONE),
  ...[{}, { missing: 7 }].map((others) =>
    aggregated(
      "range",
      { field: "nope", ranges: [{ to: 5 }, { from: 5 }], ...others },
      { aggs: { k: { terms: { field: "k", min_doc_count: 0 } } } },
    ),
  ),
  aggregated(
    "terms",
    { field: "l", order: { r: "asc" } },
    { aggs: { r: { range: { field: "l", ranges: [{ from: 1 }] } } } },
  ),
);

export const histogramsTopic = topic("histograms", "Histograms and ranges", [plain, bounds, dateBounds, ranges]);
