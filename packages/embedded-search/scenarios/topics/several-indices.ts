import { documents, type JsonValue, mapped, post, scenario, search, topic } from "../scenario.ts";

const all = { match_all: {} };
const TYPES = ["long", "double", "keyword"] as const;

/** The number comes first, as the first index by name decides. */
const named = (type: string, place: number): string => `scn-${place}${type}`;

const filled = (place: number) =>
  TYPES.flatMap((type) => [
    mapped(named(type, place), { v: { type }, k: { type: "keyword" } }),
    documents(named(type, place), { v: place, k: "a" }, { v: place + 3, k: "b" }, { v: place + 3, k: "a" }),
  ]);

const namesOf = (...types: readonly string[]): string => types.map(named).join(",");

const PAIRS = TYPES.flatMap((first) => TYPES.map((second) => namesOf(first, second)));
const MORE = [
  namesOf("long", "keyword", "double"),
  namesOf("long", "double", "keyword"),
  namesOf("double", "long", "keyword"),
  namesOf("keyword", "long", "long"),
  namesOf("long", "long", "keyword"),
];

const grouped = scenario(
  "groups by a field that is a whole number in the first index leave out texts of others",
  [],
  ...[0, 1, 2].flatMap(filled),
  ...[...PAIRS, ...MORE].flatMap((names) =>
    [{}, { min_doc_count: 0 }, { order: { _key: "asc" } }, { size: 1 }].map((options) =>
      post(`/${names}/_search`, { size: 0, aggs: { a: { terms: { field: "v", ...options } } } }),
    ),
  ),
  ...PAIRS.map((names) =>
    post(`/${names}/_search`, {
      size: 0,
      query: { term: { k: "a" } },
      aggs: { a: { terms: { field: "v" }, aggs: { k: { terms: { field: "k" } } } } },
    }),
  ),
);

/** All of the hits shown are of the first index. */
const behind = (others: Readonly<Record<string, JsonValue>>) =>
  [1, 2, 5].flatMap((size) =>
    [{}, { track_total_hits: true }, { track_total_hits: false }, { track_total_hits: 1 }].map((total) =>
      search("scn-*", all, { sort: [{ v: "asc" }, { _index: "asc" }], size, ...total, ...others }),
    ),
  );

const shown = scenario(
  "whole numbers are shown as decimals when an index of decimals has any hit, also behind all others",
  [],
  mapped("scn-a", { v: { type: "long" } }),
  mapped("scn-b", { v: { type: "double" }, k: { type: "keyword" } }),
  mapped("scn-c", { v: { type: "integer" } }),
  documents("scn-a", { v: 1 }, { v: 2 }, { v: 3 }, { v: 4 }, { v: 5 }),
  documents("scn-b", { v: 9, k: "x" }, { v: 10, k: "y" }),
  documents("scn-c", { v: 11 }),
  ...behind({}),
  ...behind({ search_after: [2, "scn-a"] }),
  ...behind({ search_after: [9, "scn-b"] }),
  ...behind({ search_after: [10, "scn-b"] }),
  ...behind({ post_filter: { bool: { must_not: [{ exists: { field: "k" } }] } } }),
  ...behind({ post_filter: { bool: { must_not: [{ term: { k: "y" } }] } } }),
  ...behind({ query: { bool: { must_not: [{ exists: { field: "k" } }] } } }),
  search("scn-*", all, { sort: ["v"], size: 0, track_total_hits: true }),
);

export const severalIndicesTopic = topic("several-indices", "Several indices", [grouped, shown]);
