import { aggregated, documents, type JsonValue, mapped, post, scenario, type Step, topic } from "../scenario.ts";

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
  { k: "a", l: 7, f: 4.75, d: "2019-12-30T23:59:59.999Z" },
  { k: "e" },
);

const each = (name: string, covers: readonly string[], ...steps: readonly Step[]) =>
  scenario(name, covers, fields, some, ...steps);
const NONE = { term: { k: "none" } };
const FIELDS = ["l", "f", "b", "d", "k", "i", "nope", "_index"];
const METHODS: readonly Readonly<Record<string, JsonValue>>[] = [
  { tdigest: {} },
  { tdigest: { compression: 200 } },
  { tdigest: { compression: -1 } },
  { tdigest: { compression: "x" } },
  { tdigest: { execution_hint: "default" } },
  { tdigest: { execution_hint: "bogus" } },
  { tdigest: { bogus: 1 } },
  { tdigest: 5 },
];
const PERCENTS: readonly JsonValue[] = [
  [50],
  [0, 100],
  [99.9, 10, 33.3],
  ["50", 25],
  [50, 50],
  50,
  "50",
  [],
  [101],
  [-1],
  ["x"],
  null,
  {},
  [1e-5],
];

const quantiles = each(
  "percentiles lie between the values",
  ["percentiles: percents, keyed, missing, tdigest, format"],
  ...FIELDS.map((field) => aggregated("percentiles", { field })),
  ...FIELDS.map((field) => aggregated("percentiles", { field }, {}, NONE)),
  ...PERCENTS.map((percents) => aggregated("percentiles", { field: "l", percents })),
  ...[true, false, "false", "x"].map((keyed) => aggregated("percentiles", { field: "l", keyed })),
  aggregated("percentiles", { field: "l", keyed: false, format: "0.0" }),
  aggregated("percentiles", { field: "d", keyed: false }),
  aggregated("percentiles", { field: "l", keyed: false }, {}, NONE),
  aggregated("percentiles", { field: "d" }, {}, NONE),
  ...[0, "7", "x", 2.5].map((missing) => aggregated("percentiles", { field: "l", missing })),
  aggregated("percentiles", { field: "d", missing: "2020-01-09" }),
  aggregated("percentiles", { field: "nope", missing: 5 }),
  ...METHODS.map((method) => aggregated("percentiles", { field: "l", ...method })),
  aggregated("percentiles", { field: "l", bogus: 1 }),
  aggregated("percentiles", {}),
  aggregated("percentiles", { field: "l" }, { aggs: { m: { max: { field: "l" } } } }),
  ...["p", "p.50", "p[50]", "p.50.0", "p[50.0]", "p.7", "p[99]"].map((path) =>
    aggregated("terms", { field: "l", order: { [path]: "desc" } }, { aggs: { p: { percentiles: { field: "l" } } } }),
  ),
);

const VALUES: readonly JsonValue[] = [[7], [-100, 100], [13, 0, 1.5], ["7"], 7, [], null, ["x"], [7, 7], {}];
const ranks = each(
  "percentile_ranks say how many values lie below",
  ["percentile_ranks: values, keyed, missing, tdigest, format"],
  ...FIELDS.map((field) => aggregated("percentile_ranks", { field, values: [1, 7] })),
  ...FIELDS.map((field) => aggregated("percentile_ranks", { field, values: [1, 7] }, {}, NONE)),
  ...VALUES.map((values) => aggregated("percentile_ranks", { field: "l", values })),
  documents("scn-a", { l: [1, 2, 2, 2, 3, 3, 9] }, { l: [1, 1, 5, 128] }),
  ...["1", "2"].map((id) =>
    aggregated(
      "percentile_ranks",
      { field: "l", values: [1, 1.5, 2, 2.2, 2.5, 3, 4, 5, 9] },
      {},
      { ids: { values: [id] } },
    ),
  ),
  some,
  ...[true, false, "x"].map((keyed) => aggregated("percentile_ranks", { field: "l", values: [5], keyed })),
  aggregated("percentile_ranks", { field: "l", values: [5], keyed: false, format: "0.0" }),
  aggregated("percentile_ranks", { field: "l", values: [5], format: "0.0" }),
  aggregated("percentile_ranks", { field: "d", values: [1_578_000_000_000] }),
  aggregated("percentile_ranks", { field: "d", values: ["2020-01-02"] }),
  ...[0, "7", "x"].map((missing) => aggregated("percentile_ranks", { field: "l", values: [5], missing })),
  ...METHODS.map((method) => aggregated("percentile_ranks", { field: "l", values: [5], ...method })),
  aggregated("percentile_ranks", { field: "l" }),
  aggregated("percentile_ranks", { values: [5] }),
  aggregated("percentile_ranks", { field: "l", values: [5], bogus: 1 }),
  ...["p", "p.5", "p[5]", "p.5.0", "p[5.0]", "p.7"].map((path) =>
    aggregated(
      "terms",
      { field: "l", order: { [path]: "desc" } },
      { aggs: { p: { percentile_ranks: { field: "l", values: [5] } } } },
    ),
  ),
);

const refused = (kind: string, option: string, others: Readonly<Record<string, JsonValue>>) => ({
  feature: `${kind}: ${option}`,
  step: post("/scn-a/_search", { aggs: { a: { [kind]: { field: "l", ...others } } } }),
  names: option,
});

export const percentilesTopic = topic(
  "percentiles",
  "Percentiles",
  [quantiles, ranks],
  [
    refused("percentiles", "hdr", { hdr: {} }),
    refused("percentiles", "high_accuracy", { tdigest: { execution_hint: "high_accuracy" } }),
    refused("percentile_ranks", "hdr", { values: [5], hdr: {} }),
  ],
);
