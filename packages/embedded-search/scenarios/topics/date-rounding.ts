import { documents, type JsonValue, mapped, post, scenario, search, type Step, topic } from "../scenario.ts";

/** Zones with changes of clocks of every kind: at midnight, by half an hour, by a whole day, and around UTC itself. */
const CHANGES: readonly (readonly [zone: string, utcMs: readonly string[]])[] = [
  ["America/New_York", ["2020-11-01T06:00:00Z", "2021-03-14T07:00:00Z"]],
  ["Europe/Berlin", ["2020-10-25T01:00:00Z", "2021-03-28T01:00:00Z"]],
  ["Europe/London", ["2020-10-25T01:00:00Z"]],
  ["Asia/Beirut", ["2018-03-24T22:00:00Z", "2018-10-27T21:00:00Z"]],
  ["America/Sao_Paulo", ["2018-11-04T03:00:00Z", "2018-02-18T02:00:00Z"]],
  ["Africa/Casablanca", ["2010-08-07T23:00:00Z"]],
  ["Pacific/Apia", ["2011-12-30T10:00:00Z"]],
  ["Australia/Lord_Howe", ["2019-10-05T15:30:00Z", "1999-03-27T15:00:00Z"]],
];

const around = (instant: string): JsonValue[] =>
  [-90_000_000, -5_400_000, -3_600_000, -1_800_000, -1, 0, 1_800_000, 5_400_000, 90_000_000].map((step) => ({
    d: Date.parse(instant) + step,
  }));

const STEPS = [
  { calendar_interval: "1d" },
  { calendar_interval: "1h" },
  { calendar_interval: "1w" },
  { calendar_interval: "1M" },
  { fixed_interval: "30m" },
  { fixed_interval: "90m" },
  { fixed_interval: "12h" },
  { fixed_interval: "1d", offset: "6h" },
];

const histogram = (options: JsonValue): Step =>
  post("/scn-a/_search", { size: 0, aggs: { a: { date_histogram: { field: "d", ...(options as object) } } } });

const clocks = CHANGES.map(([time_zone, instants]) =>
  scenario(
    `intervals go on over changes of clocks: ${time_zone}`,
    ["date_histogram: time_zone with changes of clocks, gaps filled"],
    mapped("scn-a", { d: { type: "date" } }),
    documents("scn-a", ...instants.flatMap(around)),
    ...STEPS.map((step) => histogram({ ...step, time_zone, min_doc_count: "calendar_interval" in step ? 0 : 1 })),
    post("/scn-a/_search", {
      size: 0,
      query: {
        range: {
          d: { gte: Date.parse(instants[0] ?? "") - 90_000_001, lte: Date.parse(instants[0] ?? "") + 90_000_001 },
        },
      },
      aggs: { a: { date_histogram: { field: "d", fixed_interval: "1h", time_zone } } },
    }),
    post("/scn-a/_search", {
      size: 0,
      aggs: {
        a: { composite: { sources: [{ s: { date_histogram: { field: "d", calendar_interval: "1d", time_zone } } }] } },
      },
    }),
    ...instants.flatMap((instant) =>
      ["||/h", "||+1h/h", "||/d", "||+1d/d", "||-1M"].map((math) =>
        search("scn-a", { range: { d: { gte: `${instant.slice(0, 16)}${math}`, time_zone } } }),
      ),
    ),
  ),
);

const bounds = scenario(
  "an axis goes from one bound to the other",
  ["date_histogram: extended_bounds, order, missing, offset"],
  mapped("scn-a", { d: { type: "date" }, l: { type: "long" }, f: { type: "double" }, k: { type: "keyword" } }),
  documents(
    "scn-a",
    { d: "2020-01-01", l: 1, f: 1.5, k: "a" },
    { d: ["2020-01-02T06:00:00.5Z", "2020-03-01"], l: 3, k: "b" },
    { k: "c", f: -1.5 },
  ),
  ...[
    { min: "2019-12-31", max: "2020-04-05" },
    { min: "2020-02-01", max: "2020-01-01" },
    { min: "2019-12-31" },
    { max: "2020-05-03" },
    { min: 1_577_836_800_000, max: 1_583_020_800_000 },
    { min: "x" },
    {},
    { min: null },
    { min: "2019-12-31||/M" },
    { min: true },
    { min: 1.5 },
  ].flatMap((extended_bounds) => [
    histogram({ calendar_interval: "month", extended_bounds }),
    post("/scn-a/_search", {
      size: 0,
      query: { term: { k: "none" } },
      aggs: { a: { date_histogram: { field: "d", calendar_interval: "month", extended_bounds } } },
    }),
  ]),
  histogram({ calendar_interval: "month", extended_bounds: "x" }),
  histogram({
    calendar_interval: "month",
    extended_bounds: { min: "2020-02-01", max: "2020-01-01" },
    min_doc_count: 1,
  }),
  histogram({ calendar_interval: "day", extended_bounds: { min: "2019-12-31", max: "2020-01-03" }, offset: "6h" }),
  histogram({ field: "nope", calendar_interval: "month", extended_bounds: { min: "2019-12-31", max: "2020-01-05" } }),
  ...["2020-01-05", "2020-01-05||+1d", 1_577_836_800_000, "x", true, null].map((missing) =>
    histogram({ calendar_interval: "month", missing }),
  ),
  ...["l", "f", "k"].map((field) => histogram({ field, fixed_interval: "1ms", min_doc_count: 1 })),
  histogram({ field: "l", fixed_interval: "1ms", time_zone: "+01:00" }),
  histogram({ calendar_interval: "month", format: "iii" }),
  histogram({ calendar_interval: "month", order: {} }),
  ...[{ _key: "desc" }, { _count: "desc" }, [{ _count: "desc" }, { _key: "desc" }], { nope: "asc" }].map((order) =>
    histogram({ calendar_interval: "month", order }),
  ),
);

export const dateRoundingTopic = topic("date-rounding", "Intervals of time", [...clocks, bounds]);
