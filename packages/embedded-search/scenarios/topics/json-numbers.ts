import { get, type JsonValue, lines, mapped, post, scenario, type Step, topic } from "../scenario.ts";

const fields = mapped("scn-a", {
  k: { type: "keyword" },
  t: { type: "text" },
  l: { type: "long" },
  i: { type: "integer" },
  d: { type: "double" },
  b: { type: "boolean" },
});

/** Numbers as a request may write them. */
const NUMBERS = [
  "1e3",
  "1E3",
  "1e-7",
  "1.10",
  "1.0",
  "-0",
  "-0.0",
  "0.0",
  "0e0",
  "123456789.125",
  "12345678.125",
  "0.001",
  "0.0001",
  "9999999.5",
  "10000000.5",
  "1e21",
  "1e400",
  "-1e-400",
  "2e-3",
  "9007199254740993",
  "12345678901234567890",
  "-12345678901234567890123",
  "1.7976931348623157e308",
  "5e-324",
  "4.35",
  "1.0E+2",
  "100",
  "0.1",
  "3.3e38",
];

/** As documents, each number is one value; as questions, each is asked of every type of field that keeps text. */
const rawBody = (text: string): JsonValue => text;
const ask = (query: string): Step =>
  post("/scn-a/_search", rawBody(`{"query":${query},"_source":false,"sort":["_doc"],"size":50}`));

const TEXTS = [
  "1000.0",
  "1e3",
  "1E3",
  "1.0E-7",
  "1e-7",
  "1.1",
  "1.10",
  "1.0",
  "-0",
  "-0.0",
  "0.0",
  "1.23456789125E8",
  "123456789.125",
  "1.2345678125E7",
  "0.001",
  "1.0E-4",
  "0.0001",
  "9999999.5",
  "1.00000005E7",
  "1.0E21",
  "Infinity",
  "0.002",
  "9007199254740993",
  "12345678901234567890",
  "1.7976931348623157E308",
  "4.9E-324",
  "4.35",
  "100.0",
  "100",
  "0.1",
  "3.3E38",
];

/** At the ends of what whole numbers can be. */
const LARGE = [
  "3.4e+38",
  "1e19",
  "-1e19",
  "9223372036854775808",
  "9223372036854775807.5",
  "9223372036854775808.0",
  "-9223372036854775809.0",
  "9223372036854777000.0",
  "9.3e18",
  "1e400",
  "-1e400",
  "9007199254740993.0",
  "9007199254740993.5",
  "9.007199254740993e15",
  "1.23456789012345678e17",
  "9223372036854775000.7",
  "0.1e20",
  "999e-2",
  "-0.5",
  "5e-1",
  "1e-400",
];

const wholeNumbers = scenario(
  "a whole number with a point or an exponent is a double to the reader, and exact as a text",
  [],
  mapped("scn-a", {
    l: { type: "long" },
    i: { type: "integer" },
    s: { type: "short" },
    c: { type: "long", coerce: false },
    b: { type: "boolean" },
  }),
  ...["l", "i", "s", "c", "b"].flatMap((field) => [
    lines(
      "/scn-a/_bulk?refresh=true",
      LARGE.flatMap((number, i) => [
        { index: { _id: `${field}${i}` } },
        `{"${field}":${number}}`,
        { index: { _id: `${field}${i}-text` } },
        `{"${field}":[1,"${number}"]}`,
      ]),
    ),
    post("/scn-a/_search", {
      size: 100,
      _source: false,
      query: { exists: { field } },
      sort: [{ [field]: "desc" }, "_doc"],
      aggs: { a: { terms: { field, size: 100, order: { _key: "asc" } } } },
    }),
  ]),
);

export const jsonNumbersTopic = topic("json-numbers", "Numbers as JSON writes them", [
  ...["term", "match", "match_phrase", "prefix", "wildcard", "fuzzy"].map((kind) =>
    scenario(
      `${kind} of a number asks text fields for Java's text of it`,
      [],
      fields,
      lines(
        "/scn-a/_bulk?refresh=true",
        TEXTS.flatMap((text, i) => [{ index: { _id: String(i) } }, { k: text, t: text }]),
      ),
      ...NUMBERS.flatMap((number) => ["k", "t"].map((field) => ask(`{"${kind}":{"${field}":${number}}}`))),
    ),
  ),
  scenario(
    "terms, ranges and others of a number ask text fields for Java's text of it",
    ["numbers asked of keyword and text fields"],
    fields,
    lines(
      "/scn-a/_bulk?refresh=true",
      TEXTS.flatMap((text, i) => [{ index: { _id: String(i) } }, { k: text, t: text }]),
    ),
    ...NUMBERS.flatMap((number) => [
      ask(`{"terms":{"k":["x",${number}]}}`),
      ask(`{"range":{"k":{"gte":${number},"lte":${number}}}}`),
      ask(`{"term":{"k":{"value":${number},"case_insensitive":true}}}`),
      ask(`{"ids":{"values":[${number}]}}`),
      ask(`{"term":{"_id":${number}}}`),
      ask(`{"terms":{"_id":[${number}]}}`),
    ]),
    ask(`{"query_string":{"query":1e3,"default_field":"k"}}`),
    ask(`{"query_string":{"query":1.10,"default_field":"k"}}`),
    ask(`{"regexp":{"k":1e3}}`),
    ask(`{"exists":{"field":1e3}}`),
    ask(`{"match":{"k":{"query":"1000","minimum_should_match":1e0}}}`),
  ),
  scenario(
    "a number asked of number fields",
    [],
    fields,
    lines("/scn-a/_bulk?refresh=true", [
      { index: { _id: "1" } },
      { l: 1000, i: 1000, d: 1000 },
      { index: { _id: "2" } },
      { l: 1, i: 1, d: 1.1 },
      { index: { _id: "3" } },
      { l: 0, i: 0, d: 0 },
    ]),
    ...NUMBERS.flatMap((number) => ["l", "i", "d"].map((field) => ask(`{"term":{"${field}":${number}}}`))),
    ...["1e3", "1.10", "-0", "-0.0", "1e21", "1e400", "12345678901234567890"].flatMap((number) =>
      ["l", "i", "d"].flatMap((field) => [
        ask(`{"range":{"${field}":{"gte":${number}}}}`),
        ask(`{"terms":{"${field}":[${number}]}}`),
        ask(`{"match":{"${field}":${number}}}`),
      ]),
    ),
    ask(`{"term":{"b":1e3}}`),
    ask(`{"term":{"b":1.0}}`),
  ),
  scenario(
    "numbers in documents are kept as they are written",
    [],
    fields,
    lines(
      "/scn-a/_bulk?refresh=true",
      NUMBERS.flatMap((number, i) => [{ index: { _id: String(i) } }, `{"k":${number},"t":${number}}`]),
    ),
    ...NUMBERS.flatMap((number) => [
      ask(`{"term":{"k":${number}}}`),
      ask(`{"term":{"k":"${number}"}}`),
      ask(`{"match":{"t":${number}}}`),
      ask(`{"match":{"t":"${number}"}}`),
    ]),
    post("/scn-a/_search", { size: 0, aggs: { a: { terms: { field: "k", size: 100 } } } }),
    get("/scn-a/_doc/0"),
    get("/scn-a/_doc/3"),
  ),
  wholeNumbers,
]);
