import { documents, get, type JsonValue, lines, mapped, post, put, scenario, search, topic } from "../scenario.ts";

const fields = mapped("scn-a", { n: { type: "long" } });
const aliases = post("/_aliases", {
  actions: [
    { add: { index: "scn-a", alias: "scn-odd", filter: { range: { n: { gte: 5 } } } } },
    { add: { index: "scn-a", alias: "scn-both" } },
    { add: { index: "scn-b", alias: "scn-both" } },
  ],
});
const IF = { if_seq_no: 3, if_primary_term: 1 };
const URL = "if_seq_no=3&if_primary_term=1";
const doc: JsonValue = { n: 2 };

const bulks = scenario(
  "items of a bulk request fail under the name of their index",
  ["bulk: errors per item through an alias"],
  fields,
  mapped("scn-b", {}),
  aliases,
  documents("scn-a", { n: 1 }, { n: 7 }),
  ...["scn-a", "scn-odd", "scn-both", "scn-nope"].map((index) =>
    lines("/_bulk", [
      { index: { _index: index, _id: "1", ...IF } },
      doc,
      { create: { _index: index, _id: "1" } },
      doc,
      { delete: { _index: index, _id: "9" } },
      { update: { _index: index, _id: "9" } },
      { doc },
      { update: { _index: index, _id: "9", ...IF } },
      { doc },
      { index: { _index: index, _id: "1" } },
      { n: "x" },
    ]),
  ),
);

const updates = scenario(
  "updates with a condition have no upsert",
  ["update with if_seq_no and if_primary_term"],
  fields,
  documents("scn-a", { n: 1 }),
  ...["1", "9"].flatMap((id) => [
    post(`/scn-a/_update/${id}?${URL}`, { doc }),
    post(`/scn-a/_update/${id}?if_seq_no=0&if_primary_term=1`, { doc }),
    post(`/scn-a/_update/${id}?${URL}`, { doc, doc_as_upsert: true }),
    post(`/scn-a/_update/${id}?${URL}`, { doc, upsert: doc }),
    post(`/scn-a/_update/${id}?${URL}`, { doc, upsert: doc, doc_as_upsert: true }),
    put(`/scn-a/_doc/${id}?${URL}`, doc),
  ]),
  lines("/_bulk", [
    { update: { _index: "scn-a", _id: "1", ...IF } },
    { doc, doc_as_upsert: true },
    { index: { _index: "scn-a", _id: "1" } },
    doc,
    { update: { _index: "scn-a", _id: "2", ...IF } },
    { doc, upsert: doc },
  ]),
);

const WRITTEN = '{"doc":{"a":1E2,"b":1.0,"c":[1e-7,2.50],"d":{"e":-0,"f":1.10,"g":3.4e+38}},"doc_as_upsert":true}';
const rewritten = scenario(
  "updates write the numbers of the whole document again",
  [],
  mapped("scn-a", {}),
  lines("/_bulk?refresh=true", [
    { index: { _index: "scn-a", _id: "1" } },
    '{"x":1e1,"y":1.50,"z":7}',
    { update: { _index: "scn-a", _id: "1" } },
    WRITTEN,
    { update: { _index: "scn-a", _id: "2" } },
    WRITTEN,
  ]),
  search("scn-a", { match_all: {} }, { _source: true }),
);

/** The columns of errors tell how the characters before them are written. */
const escaped = scenario(
  "updates write characters beyond the first 65,536 as two escapes",
  [],
  mapped("scn-a", { z: { type: "integer" }, o: { properties: { z: { type: "integer" } } } }),
  ...[
    '{"k":"𐐀"}',
    String.raw`{"k":"a𐐀\u0001é\\u0041\\ud800"}`,
    String.raw`{"k":"\u001f\""}`,
    String.raw`{"k":"\ud800"}`,
    String.raw`{"k":"\udc00\ud800"}`,
  ].flatMap((source, i) => [put(`/scn-a/_doc/${i}`, source), post(`/scn-a/_update/${i}`, { doc: { z: "x" } })]),
  post("/scn-a/_update/0", { doc: { "𐐀": 1, z: "𐐀" } }),
  post("/scn-a/_update/0", { doc: { o: { "𐐀": "𐐀", z: { "𐐀": [] } } } }),
  post("/scn-a/_update/9", { doc: { k: "𐐀", z: "x" }, doc_as_upsert: true }),
  post("/scn-a/_update/0", { doc: { k: "𐐀𐐀" } }),
  get("/scn-a/_doc/0"),
);

const MANY_KEYS = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`key${i}`, i]));
const BAD_NUMBER: JsonValue = { n: 8, k1: "-5", l1: ["x"], f1: 1, o: { n: 1, k1: 2, zeta: 3, z: 1 } };
const columns = scenario(
  "what an update adds comes in the order of Java's hash tables, which columns of errors show",
  [],
  mapped("scn-a", {
    l1: { type: "integer" },
    key39: { type: "integer" },
    o: { properties: { z: { type: "integer" } } },
  }),
  put("/scn-a/_doc/1", { n: 8, d1: "2020", o: {} }),
  post("/scn-a/_update/1", { doc: BAD_NUMBER }),
  post("/scn-a/_update/1", { doc: BAD_NUMBER, doc_as_upsert: true }),
  post("/scn-a/_update/2", { doc: BAD_NUMBER, doc_as_upsert: true }),
  post("/scn-a/_update/2", { doc: {}, upsert: BAD_NUMBER }),
  post("/scn-a/_update/1", { doc: { n: 8, o: { n: 1, k1: 2, zeta: 3, z: "x" } } }),
  post("/scn-a/_update/1", { doc: { list: [{ n: 1, k1: 2, f1: 3 }], o: { "5": 1, z: "x" } } }),
  post("/scn-a/_update/1", { doc: { made: { n: 1, k1: [{ n: 1, k1: 2 }] }, l1: "x" } }),
  post("/scn-a/_update/1", { doc: { ...MANY_KEYS, key39: "x" } }),
  lines("/_bulk", [{ update: { _index: "scn-a", _id: "1" } }, { doc: BAD_NUMBER, doc_as_upsert: true }]),
  ...["3.4e+38", "1e400", "-1e400"].flatMap((number) => [
    post("/scn-a/_update/3", `{"doc":{"l1":${number}},"doc_as_upsert":true}`),
    post("/scn-a/_update/1", `{"doc":{"l1":${number}}}`),
    post("/scn-a/_update/1", `{"doc":{"x":{"y":${number}}}}`),
  ]),
  get("/scn-a/_doc/1"),
);

const NUMBERS = [
  "0",
  "-0",
  "0.0",
  "-0.0",
  "100",
  "1E2",
  "100.0",
  "1.50",
  "1.5",
  "9007199254740993",
  "9007199254740992.0",
];
const unchanged = scenario(
  "an update changes nothing that Java reads as the same",
  [],
  mapped("scn-a", {}),
  ...NUMBERS.flatMap((before) => [
    put("/scn-a/_doc/1", `{"a":${before},"b":[${before}]}`),
    ...NUMBERS.map((after) => post("/scn-a/_update/1?filter_path=result", `{"doc":{"a":${after},"b":[${after}]}}`)),
  ]),
);

const unasked = scenario(
  "a total is shown where all indices were skipped",
  [],
  mapped("scn-a", { k: { type: "keyword" } }),
  mapped("scn-b", { k: { type: "keyword" } }),
  ...[false, true, 3].flatMap((track_total_hits) => [
    search("scn-*", { term: { nope: "x" } }, { track_total_hits }),
    search("scn-*", { term: { k: "x" } }, { track_total_hits }),
    search("scn-*", { term: { _index: "x" } }, { track_total_hits }),
    search("nope*", { match_all: {} }, { track_total_hits }),
  ]),
);

/** What a document has that no search sees yet says nothing about the index. */
const unseen = scenario(
  "documents that are not refreshed are not counted on",
  [],
  mapped("scn-a", { d: { type: "date" }, e: { type: "date" }, k: { type: "keyword" }, l: { type: "long" } }),
  mapped("scn-b", { d: { type: "date" }, e: { type: "date" }, k: { type: "keyword" }, l: { type: "long" } }),
  lines("/_bulk?refresh=true", [{ index: { _index: "scn-a", _id: "1" } }, { d: "2020-11-01", k: "abd" }]),
  lines("/_bulk", [
    { index: { _index: "scn-a", _id: "2" } },
    { d: ["1970-01-01", "2030-01-01"], e: "2020-01-01", k: "abc", l: 1 },
    { index: { _index: "scn-b", _id: "3" } },
    { d: "2020-11-01", k: "abc" },
  ]),
  ...[
    { range: { d: { lt: "2020-01-01" } } },
    { range: { d: { gte: "2021-01-01" } } },
    { range: { d: { gte: "2020-01-01" } } },
    { range: { e: { gte: "no date" } } },
    { range: { d: { gte: "no date" } } },
    { query_string: { query: "5 no", fields: ["l*", "k"] } },
    { fuzzy: { k: { value: "abx", max_expansions: 1 } } },
    { fuzzy: { k: { value: "abx" } } },
  ].flatMap((query) => [search("scn-*", query, { sort: ["k"] }), search("scn-a", query)]),
);

export const conditionsTopic = topic("conditions", "Conditions of writes", [
  bulks,
  updates,
  rewritten,
  escaped,
  columns,
  unchanged,
  unasked,
  unseen,
]);
