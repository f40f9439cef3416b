import { documents, type JsonValue, lines, mapped, post, put, scenario, search, topic } from "../scenario.ts";

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

export const conditionsTopic = topic("conditions", "Conditions of writes", [bulks, updates, rewritten, unasked]);
