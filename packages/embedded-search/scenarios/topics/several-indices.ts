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

const NUMBERS = ["float", "double", "long", "integer"];
const doubles = scenario(
  "numbers of different types are all shown as doubles when one of them has decimals",
  [],
  ...NUMBERS.flatMap((type) => [mapped(`scn-${type}`, { v: { type } }), documents(`scn-${type}`, { v: 0.1 }, {})]),
  ...NUMBERS.flatMap((first) => NUMBERS.map((second) => `scn-${first},scn-${second}`)).flatMap((names) => [
    search(names, all, { sort: [{ v: "asc" }, "_index"] }),
    search(names, { exists: { field: "v" } }, { sort: [{ v: "desc" }, "_index"] }),
  ]),
);

const byAddress = (names: string, options: Readonly<Record<string, JsonValue>>) =>
  search(names, all, { sort: [{ i: { order: "asc", ...options } }] });

const ADDRESSES = ["::1", "192.168.1.1", "255.255.255.255", "10.0.0.193", "1.2.240.3", "fe80::1", "2001:db8::e0"];
const addresses = scenario(
  "addresses are shown as such when the last index that is asked has them",
  [],
  mapped("scn-0", {}),
  mapped("scn-a", { i: { type: "ip" } }),
  mapped("scn-b", { i: { type: "ip" } }),
  mapped("scn-c", {}),
  mapped("scn-k", { i: { type: "keyword" } }),
  documents("scn-a", ...ADDRESSES.map((i) => ({ i })), {}),
  ...["scn-a", "scn-0,scn-a", "scn-a,scn-b", "scn-a,scn-c", "scn-a,scn-k", "scn-0,scn-a,scn-c"].flatMap((names) => [
    byAddress(names, { unmapped_type: "long" }),
    byAddress(names, { unmapped_type: "keyword" }),
    byAddress(names, { unmapped_type: "ip", order: "desc" }),
  ]),
  byAddress("scn-a,scn-c", {}),
  documents("scn-k", { i: "not an address" }, { i: "::1" }),
  byAddress("scn-a,scn-k", {}),
  byAddress("scn-0,scn-a", { unmapped_type: "keyword" }),
);

const goneOn = scenario(
  "a value to go on after that is no integer is taken for one in an index of integers",
  [],
  mapped("scn-a", { v: { type: "long" } }),
  mapped("scn-b", { v: { type: "integer" } }),
  documents("scn-a", { v: 5 }, {}, { v: -5 }),
  documents("scn-b", { v: 0 }, { v: 1 }, {}, { v: -1 }),
  ...["asc", "desc"].flatMap((order) =>
    ["_first", "_last"].flatMap((missing) =>
      [
        "-9223372036854775808",
        "9223372036854775807",
        "-2147483649",
        "2147483648",
        "-4294967296",
        "-4294967297",
        "-1e30",
        "1e30",
        "-1.5",
      ].map((after) =>
        post(
          "/scn-*/_search",
          `{"_source":false,"sort":[{"v":{"order":"${order}","missing":"${missing}"}},{"_index":"asc"}],"search_after":[${after},"scn-a"]}`,
        ),
      ),
    ),
  ),
);

const PIT = { id: "${pit}" };
const live = scenario(
  "a point in time has the documents of its beginning, and the fields and aliases of now",
  [],
  mapped("scn-a", { n: { type: "long" } }),
  mapped("scn-b", { n: { type: "long" } }),
  documents("scn-a", { n: 1 }),
  documents("scn-b", { n: 2 }),
  post("/scn-*/_pit?keep_alive=1m", undefined, { pit: "id" }),
  documents("scn-a", { n: 1, f: 1.5, t: "x" }, { n: 3, f: 2 }),
  post("/_aliases", { actions: [{ add: { index: "scn-a", alias: "scn-later" } }] }),
  ...[
    { sort: [{ f: { order: "asc", unmapped_type: "long" } }] },
    { sort: ["t"] },
    { sort: ["f"] },
    { query: { exists: { field: "f" } } },
    { query: { term: { f: "no number" } } },
    { query: { term: { _index: "scn-later" } } },
    { size: 0, aggs: { a: { terms: { field: "f" } } } },
    { size: 0, aggs: { a: { terms: { field: "f", min_doc_count: 0 } } } },
    { size: 0, aggs: { a: { stats: { field: "f" } } } },
  ].map((body) => post("/_search", { pit: PIT, ...body })),
);

export const severalIndicesTopic = topic("several-indices", "Several indices", [
  grouped,
  shown,
  doubles,
  addresses,
  goneOn,
  live,
]);
