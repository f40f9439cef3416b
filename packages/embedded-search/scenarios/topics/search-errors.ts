import { del, documents, get, type JsonValue, lines, mapped, post, put, scenario, topic } from "../scenario.ts";

type Part = Readonly<Record<string, JsonValue>>;

const fields = mapped("scn-a", {
  l: { type: "long" },
  k: { type: "keyword" },
  t: { type: "text" },
  f: { type: "double" },
  b: { type: "boolean" },
  d: { type: "date" },
  i: { type: "ip" },
});
const one = documents(
  "scn-a",
  { l: 1, k: "a", t: "x", f: 1.5, b: true, d: "2020", i: "::1" },
  { l: 2, k: "b", t: "y", f: 2.5, b: false, d: "2021", i: "::2" },
);
const asked = (...aggregations: readonly Part[]) => ({
  size: 0,
  aggs: Object.fromEntries(aggregations.map((aggregation, i) => [`a${i}`, aggregation])),
});

/** What aggregations cannot work with, found while Elasticsearch reads the search. */
const EARLY: readonly Part[] = [
  { terms: { field: "t" } },
  { avg: { field: "k" } },
  { date_histogram: { field: "k", calendar_interval: "day" } },
  { terms: { field: "l", missing: "x" } },
  { filter: { term: { l: "x" } } },
  { terms: { field: "k" }, aggs: { x: { avg: { field: "k" } } } },
];

/** What it finds when it begins to run them. */
const LATE: readonly Part[] = [
  { terms: { field: "l", include: "a.*" } },
  { terms: { field: "l", include: ["x"] } },
  { rare_terms: { field: "f" } },
  { composite: { sources: [{ a: { terms: { field: "l" } } }], after: { a: "x" } } },
  { histogram: { field: "l", interval: 1, order: { x: "asc" } }, aggs: { y: { avg: { field: "l" } } } },
  {
    date_histogram: { field: "d", calendar_interval: "day", order: { x: "asc" } },
    aggs: { y: { avg: { field: "l" } } },
  },
];

/** Of other parts of a search. */
const FAULTS: readonly Part[] = [
  { query: { term: { l: "x" } } },
  { post_filter: { term: { l: "x" } } },
  { sort: ["t"] },
  { sort: ["nope"] },
  { sort: ["l"], search_after: ["x"] },
  { sort: ["l"], search_after: [1, 2] },
  { search_after: [1] },
  { from: 10_001 },
];

const order = scenario(
  "errors of aggregations come after those of the order, and before where to go on unless they are found late",
  [],
  fields,
  one,
  ...FAULTS.flatMap((fault) =>
    [...EARLY, ...LATE].map((aggregation) => post("/scn-a/_search", { ...asked(aggregation), ...fault })),
  ),
  ...LATE.flatMap((late) => EARLY.slice(0, 2).map((early) => post("/scn-a/_search", asked(late, early)))),
  ...LATE.map((late) => post("/scn-a/_search", asked(late, ...LATE))),
  post("/scn-a/_search", asked({ ...LATE[0], aggs: { x: { avg: { field: "k" } } } })),
  post("/scn-a/_search", asked({ ...LATE[2], aggs: { x: { avg: { field: "k" } } } })),
  post("/scn-a/_search", asked({ ...LATE[4], aggs: { x: { avg: { field: "k" } } } })),
  post("/scn-a/_search", asked({ ...LATE[5], aggs: { x: { avg: { field: "k" } } } })),
);

const UNREADABLE: readonly Part[] = [
  { term: { l: "x" } },
  { term: { b: "x" } },
  { term: { i: "x" } },
  { term: { d: "x" } },
  { match: { d: "x" } },
  { range: { l: { gte: "x" } } },
  { range: { d: { gte: "x" } } },
  { range: { i: { gte: "x" } } },
  { regexp: { k: "[" } },
  { terms: { l: ["x"] } },
  { fuzzy: { l: "x" } },
  { bool: { filter: [{ term: { f: "x" } }] } },
  { query_string: { query: "l:x" } },
  { simple_query_string: { query: "x", fields: ["l"] } },
];

const filters = scenario(
  "what a filter of an aggregation cannot read is said as it is",
  [],
  fields,
  one,
  ...UNREADABLE.flatMap((filter) => [
    post("/scn-a/_search", asked({ filter })),
    post("/scn-a/_search", asked({ filters: { filters: { x: { term: { k: "a" } }, y: filter } } })),
    post("/scn-a/_search", asked({ terms: { field: "k" }, aggs: { x: { filter } } })),
  ]),
);

const whole = scenario(
  "errors are shown whole, whatever part of an answer is asked for",
  [],
  fields,
  one,
  get("/scn-nope/_search?filter_path=hits"),
  post("/scn-a/_search?filter_path=hits.total", { sort: ["nope"] }),
  post("/scn-a/_search?filter_path=hits.total", { bogus: 1 }),
  put("/scn-a/_create/1?filter_path=status", {}),
  get("/scn-a/_doc/9?filter_path=found"),
  get("/scn-a/_doc/9?filter_path=nope"),
  get("/scn-a/_bogus/1?filter_path=nope&pretty"),
  del("/scn-a/_search?filter_path=hits"),
  get("/scn-a/_search?filter_path=hits.total&bogus=1"),
  lines("/_msearch?filter_path=responses.status", [{ index: "scn-nope" }, {}]),
  get("/_mget?filter_path=docs._id", { docs: [{ _index: "scn-nope", _id: "1" }] }),
);

const ZONES = [
  "Nope",
  "utc",
  "UTC",
  "europe/berlin",
  "EST",
  "Europe/Atlantis",
  "Europe/Berlin ",
  "",
  "Z",
  "z",
  "+1",
  "+x",
  "+01:00",
  "+01-00",
  "+0x00",
  "+25:00",
  "-19",
  "+18:30",
  "+01:60",
  "+1:00",
  "+01:00:00",
  "+01:00:99",
  "GMT+1",
  "UTC+25",
  "UT-0130",
  5,
  19,
  1.5,
  true,
  null,
  [],
  {},
];
const zones = scenario(
  "what is wrong with a time zone is said as Java says it",
  [],
  fields,
  one,
  ...ZONES.flatMap((time_zone) => [
    post("/scn-a/_search", asked({ date_histogram: { field: "d", calendar_interval: "day", time_zone } })),
    post(
      "/scn-a/_search",
      asked({ composite: { sources: [{ x: { date_histogram: { field: "d", fixed_interval: "1h", time_zone } } }] } }),
    ),
    post("/scn-a/_search", { size: 0, query: { range: { d: { gte: "2020", time_zone } } } }),
  ]),
  ...["Nope", "utc", "+25:00", "+01:00"].map((time_zone) =>
    post("/scn-a/_search", { size: 0, query: { query_string: { query: "d:[2020 TO 2021]", time_zone } } }),
  ),
);

const WRONG: readonly JsonValue[] = [null, [], {}, ["x"]];
const types = scenario(
  "an option that is null, a list or an object is refused where a text or number belongs",
  [],
  fields,
  one,
  ...WRONG.flatMap((wrong) => [
    ...["format", "time_zone", "relation"].map((key) =>
      post("/scn-a/_search", { size: 0, query: { range: { d: { gte: "2020", [key]: wrong } } } }),
    ),
    ...["operator", "minimum_should_match", "fuzziness", "lenient", "zero_terms_query", "boost"].map((key) =>
      post("/scn-a/_search", { size: 0, query: { match: { t: { query: "x", [key]: wrong } } } }),
    ),
    ...["field", "calendar_interval", "format", "time_zone", "offset", "keyed"].map((key) =>
      post("/scn-a/_search", asked({ date_histogram: { field: "d", calendar_interval: "day", [key]: wrong } })),
    ),
    ...["field", "size", "shard_size", "format", "min_doc_count", "collect_mode"].map((key) =>
      post("/scn-a/_search", asked({ terms: { field: "k", [key]: wrong } })),
    ),
  ]),
);

const AFTER: JsonValue = { search_after: [1], sort: ["l"] };
const PIT: JsonValue = { id: "${pit}" };
const faults = scenario(
  "all that does not fit together in a search, or in several of one request, is said at once",
  [],
  fields,
  one,
  post("/scn-a/_pit?keep_alive=1m", undefined, { pit: "id" }),
  post("/scn-a/_search?from=5", AFTER),
  post("/scn-a/_search?from=0&filter_path=hits.total", { ...AFTER, from: 5 }),
  post("/scn-a/_search", { ...AFTER, from: 3, pit: PIT }),
  lines("/_msearch", [
    { index: "scn-a" },
    { ...AFTER, from: 3, pit: PIT },
    { index: "scn-a" },
    {},
    {},
    { ...AFTER, from: 3 },
    { index: "scn-a" },
    { pit: PIT },
  ]),
  lines("/_msearch", [{ index: "scn-a" }, { ...AFTER, from: 3 }, { index: "scn-a" }, { bogus: 1 }]),
);

export const searchErrorsTopic = topic("search-errors", "Errors of searches", [
  order,
  filters,
  whole,
  zones,
  types,
  faults,
]);
