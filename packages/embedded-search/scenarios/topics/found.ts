import { documents, type JsonValue, mapped, post, scenario, search, type Step, topic } from "../scenario.ts";

const fields = mapped("scn-a", {
  t: { type: "text" },
  k: { type: "keyword" },
  l: { type: "long" },
  i: { type: "integer" },
  b: { type: "boolean" },
  d: { type: "date" },
  ip: { type: "ip" },
  g: { type: "geo_point" },
});

const some = documents(
  "scn-a",
  { t: "alpha web-01", k: "b", l: 5, i: 1, b: true, d: "2020-01-01T10:00:00Z", ip: "10.0.0.1" },
  { t: "lgoin login", k: ["a", "c"], l: -5, b: false, d: "2020-03-01" },
  { t: "log in", k: "B", d: "2021-06-01T00:00:00Z" },
  { t: "beta" },
);

const ask = (...queries: readonly JsonValue[]): Step[] => queries.map((query) => search("scn-a", query));
const text = (query: string, options: Readonly<Record<string, JsonValue>> = {}): JsonValue => ({
  query_string: { query, ...options },
});
const found = (name: string, ...steps: readonly Step[]) => scenario(name, [], fields, some, ...steps);

/** Counterexamples of the random comparison, made small: each was once answered differently. */
export const foundTopic = topic("found", "Found by random questions", [
  found(
    "a bool that cannot match does not read its other clauses",
    ...ask(
      { bool: { must: [{ term: { nope: 1 } }, { match: { ip: "x" } }] } },
      { bool: { filter: [{ range: { d: { gte: "2030" } } }, { term: { l: "x" } }] } },
      { bool: { filter: [{ range: { d: { gt: "soon" } } }, { match_none: {} }] } },
      { bool: { must: [{ range: { d: { gt: "2020-01-15", lt: "2020-01-15" } } }], should: [{ term: { l: "x" } }] } },
      { bool: { must_not: [{ match_all: {} }], should: [{ term: { l: "x" } }] } },
      { bool: { must_not: [{ term: { k: "b" } }], minimum_should_match: 2 } },
      { dis_max: { queries: [{ match: { g: "x" } }, { range: { d: { gt: "soon" } } }] } },
    ),
  ),
  found(
    "a date without a month or day is the first of them, and numbers are milliseconds",
    ...ask(
      { term: { d: "2020" } },
      { range: { d: { lte: "2020-03" } } },
      { range: { d: { gt: "2020" } } },
      { term: { d: 2020 } },
      { range: { d: { gte: 0, lt: "2021" } } },
      { range: { d: { gte: 0, lte: 1600000000000 } } },
      text("d:2020-03"),
      text('""~3', { default_field: "d" }),
    ),
  ),
  found(
    "numbers of optional terms",
    ...ask(
      { match: { t: { query: "web-01", operator: "and", minimum_should_match: 1 } } },
      { match: { t: { query: "alpha", minimum_should_match: 3 } } },
      text("(-alpha)^0.5", { minimum_should_match: 2 }),
      text("alpha beta", { fields: ["t^2"], minimum_should_match: 2 }),
    ),
  ),
  found(
    "values that a type cannot hold",
    ...ask(
      { term: { i: "9007199254740993" } },
      { terms: { i: ["9007199254740993"] } },
      { range: { i: { gt: "9007199254740993" } } },
      { terms: { i: [1.5, 1] } },
      { term: { b: "" } },
      { term: { b: { value: "true", case_insensitive: true } } },
      { match: { l: { query: 5, fuzziness: 1 } } },
      { match: { g: "1,2" } },
      { term: { ip: "foo/8" } },
      { term: { ip: "foo/" } },
      { term: { ip: "10.0.0.0/8/" } },
      { term: { ip: "10.0.0.0/99" } },
      { match: { l: "10.0.0.1" } },
      { match_phrase: { i: true } },
    ),
  ),
  found(
    "numbers with something around them",
    ...["22\t", "22d", "1.5 ", "NaN", "Infinity", "1e400", "1e30", "22 x", "5 ", " ", "\t10.0.0.0"].flatMap((value) =>
      ask(
        { term: { l: value } },
        { terms: { l: [value] } },
        { range: { l: { gte: value } } },
        { term: { i: value } },
        { terms: { i: [value] } },
        { range: { i: { gte: value } } },
        text(`l:[${value} TO 9]`, { default_field: "k" }),
      ),
    ),
  ),
  found(
    "expressions of dates that cannot be read",
    ...[
      ...[
        "now1d",
        "now+d",
        "now+1x",
        "now/2d",
        "now/",
        "now+",
        "now+1",
        "now/dd",
        "now-1d/",
        "nowx",
        "now 1d",
        "now*1d",
      ],
      ...[
        "now+1d1",
        "now+-1d",
        "2020-01-01||1d",
        "2020-01-01||+1x",
        "2020-01-01||/",
        "soon||+1d",
        "||+1d",
        "now+1d+",
        "",
      ],
    ].flatMap((value) =>
      ask({ range: { d: { gte: value } } }, { term: { d: value } }, text(`[${value} TO 2030]`, { default_field: "d" })),
    ),
  ),
  found(
    "fuzzy terms are chosen by similarity",
    ...ask(
      { fuzzy: { t: { value: "logn", fuzziness: 2, max_expansions: 1 } } },
      { fuzzy: { t: { value: "lo", fuzziness: 2, max_expansions: 2 } } },
      { fuzzy: { k: { value: "", fuzziness: 2 } } },
    ),
  ),
  found(
    "query strings at their edges",
    ...ask(
      text("_id:>5"),
      text("_id:1*", { default_field: "k" }),
      text('({"") ["a b" TO *]'),
      text("l:[* TO *] k:[* TO *] t:[* TO *]"),
      text("a~lpha"),
      text("a~-15"),
      text('"log in"~-3'),
      text('"log in"~-3', { default_field: "t" }),
      text('"log in"~-0.5', { default_field: "t" }),
      text('"log"~-3', { default_field: "t" }),
      text('"log in"~.5', { default_field: "t" }),
      text('"in log"~2.', { default_field: "t" }),
      text('"log in"', { default_field: "t", phrase_slop: -1 }),
      text("\\  5", { default_field: "l" }),
      text("d:soon", { default_field: "k", time_zone: "+01:00" }),
      text("/a/ b~9 (", { default_field: "l" }),
      { regexp: { k: "<<1-30>" } },
      { regexp: { k: '.|(a|(a&(1+<1-30>{1,3}.0){1,3}a).|"a.b"~a){2}a' } },
      { regexp: { nope: "a(" } },
      {
        regexp: {
          nope: { value: "(.{1,3}a|(a|[^a-f]{0,}b){2}){1,3}.a&(..)+_*a{2}", case_insensitive: true, flags: "NONE" },
        },
      },
      { wildcard: { k: { value: "\\b", case_insensitive: true } } },
      { wildcard: { k: "" } },
    ),
  ),
  found(
    "aggregations and sort values at their edges",
    search("scn-a", { match_all: {} }, { sort: [{ i: "asc" }] }),
    search("scn-a", { match_all: {} }, { sort: [{ i: { order: "desc", missing: "_last" } }] }),
    post("/scn-a/_search", { size: 0, aggs: { it: { stats: { field: "b" } } } }),
    post("/scn-a/_search", {
      size: 0,
      aggs: { it: { terms: { field: "k", min_doc_count: 2, order: { _key: "asc" }, size: 2 } } },
    }),
    post("/scn-a/_search", { size: 0, aggs: { it: { terms: { field: "k", order: { _count: "asc" }, size: 1 } } } }),
  ),
]);
