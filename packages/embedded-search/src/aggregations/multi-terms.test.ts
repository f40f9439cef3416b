import { beforeAll, expect, test } from "vitest";
import { EmbeddedSearch } from "../embedded-search.ts";

/**
 * Elasticsearch has `multi_terms` in a module that the server of the scenarios lacks, so its answers are written down here.
 * Shapes and order were compared with OpenSearch 3.6 (`differential --multi-terms`); where the two differ, Elasticsearch's rule is meant.
 */
const store = new EmbeddedSearch();

const call = async (method: string, path: string, body: string): Promise<{ status: number; text: string }> => {
  const headers = { "content-type": path.includes("_bulk") ? "application/x-ndjson" : "application/json" };
  const answer = await store.handle({
    method,
    path,
    querystring: path.includes("_bulk") ? "refresh=true" : "",
    headers,
    body,
  });
  return { status: answer.statusCode, text: answer.body };
};

const fields = {
  k: { type: "keyword" },
  k2: { type: "keyword" },
  ip: { type: "ip" },
  l: { type: "long" },
  f: { type: "double" },
  b: { type: "boolean" },
  d: { type: "date" },
  t: { type: "text" },
  g: { type: "geo_point" },
};

const documents = [
  { k: "a", k2: "x", ip: "10.0.0.1", l: 1, f: 1.5, b: true, d: "2020-01-15T10:00:00Z" },
  { k: "a", k2: "y", ip: "10.0.0.2", l: "9007199254740993", f: 1e21, b: false, d: "2020-01-15T10:00:00.123Z" },
  { k: "b", k2: "x", ip: "::1", l: -5, f: 0, b: [true, false], d: "1969-01-15T10:00:00Z" },
  { k: ["a", "b"], k2: ["x", "y", "x"], ip: ["10.0.0.1", "10.0.0.9"], l: [1, 1, 2] },
  { k: "a|b", k2: "|", l: 1 },
  { k: "b", k2: "y", l: 7 },
  { k: "c" },
  { k2: "z" },
];

beforeAll(async () => {
  await call("PUT", "/m", JSON.stringify({ mappings: { properties: fields } }));
  const lines = documents.flatMap((document, id) => [{ index: { _id: String(id) } }, document]);
  await call("POST", "/m/_bulk", lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
});

type Options = Readonly<Record<string, unknown>>;
const terms = (...names: readonly string[]): Options => ({ terms: names.map((field) => ({ field })) });

const ask = async (options: Options, aggs?: Options): Promise<{ status: number; text: string }> =>
  call(
    "POST",
    "/m/_search",
    JSON.stringify({ size: 0, aggs: { m: { multi_terms: options, ...(aggs ? { aggs } : {}) } } }),
  );

/** The buckets as they are written, so that `1.0` and `1` are told apart. */
const buckets = async (options: Options, aggs?: Options): Promise<string> =>
  /"buckets":(\[.*\])\}\}\}$/.exec((await ask(options, aggs)).text)?.[1] ?? "";

const keys = async (options: Options, aggs?: Options): Promise<readonly string[]> => {
  const found = JSON.parse(await buckets(options, aggs)) as readonly { key_as_string: string; doc_count: number }[];
  return found.map(({ key_as_string, doc_count }) => `${key_as_string} ${doc_count}`);
};

const reasons = async (options: Options): Promise<string> => {
  const { status, text } = await ask(options);
  const { error } = JSON.parse(text) as { error: { reason: string; caused_by?: { reason: string } } };
  return `${status} ${error.caused_by?.reason ?? error.reason}`;
};

test("lists give every combination, documents without one of the fields none", async () => {
  expect(await keys(terms("k", "k2"))).toEqual(["a|x 2", "a|y 2", "b|x 2", "b|y 2", "a|b|| 1"]);
});

test.each([
  [["k", "ip"], '{"key":["a","10.0.0.1"],"key_as_string":"a|10.0.0.1","doc_count":2}'],
  [["k", "l"], '{"key":["a",9007199254740993],"key_as_string":"a|9007199254740993","doc_count":1}'],
  [["k", "f"], '{"key":["a",1.0E21],"key_as_string":"a|1.0E21","doc_count":1}'],
  [["b", "f"], '{"key":[false,0.0],"key_as_string":"false|0.0","doc_count":1}'],
  [["k", "d"], '{"key":["a","2020-01-15T10:00:00.123Z"],"key_as_string":"a|2020-01-15T10:00:00.123Z","doc_count":1}'],
])("keys of %s", async (names, bucket) => {
  expect(await buckets(terms(...names))).toContain(bucket);
});

test("missing stands for the value of documents without one, read by the type of the field", async () => {
  const missing = (field: string, value: unknown) => keys({ terms: [{ field: "k" }, { field, missing: value }] });
  expect(await missing("k2", "none")).toContain("c|none 1");
  expect(await missing("l", 5)).toContain("c|5 1");
  expect(await missing("l", 1.5)).toEqual(expect.arrayContaining(["c|1.5 1", "a|1.0 2"]));
  expect(await missing("b", true)).toContain("c|true 1");
  expect(await missing("d", "2021-01-01")).toContain("c|2021-01-01T00:00:00.000Z 1");
  expect(await missing("ip", "1.2.3.4")).toContain("c|1.2.3.4 1");
  expect(await missing("nope", 5)).toContain("c|5 1");
});

test("dates in a format of the request", async () => {
  const options = { terms: [{ field: "k" }, { field: "d", format: "yyyy-MM" }] };
  expect(await keys(options)).toEqual(["a|2020-01 1", "a|2020-01 1", "b|1969-01 1"]);
});

test("order by count, by key from left to right, and by a sub-aggregation", async () => {
  expect(await keys({ ...terms("k", "k2"), order: { _count: "asc" } })).toEqual([
    "a|b|| 1",
    "a|x 2",
    "a|y 2",
    "b|x 2",
    "b|y 2",
  ]);
  expect(await keys({ ...terms("k", "k2"), order: { _key: "desc" } })).toEqual([
    "b|y 2",
    "b|x 2",
    "a|b|| 1",
    "a|y 2",
    "a|x 2",
  ]);
  const low = { low: { min: { field: "l" } } };
  const byLow = { ...terms("k", "k2"), order: { low: "asc" } };
  expect(await keys(byLow, low)).toEqual(["b|x 2", "a|x 2", "a|y 2", "a|b|| 1", "b|y 2"]);
});

test("size, min_doc_count and shard_size cut as one shard and the merging node do", async () => {
  const answer = async (options: Options): Promise<string> =>
    (await ask({ ...terms("k", "k2"), ...options })).text.replace(/^.*"m":\{/, "").replace(/"buckets".*$/, "");
  expect(await answer({ size: 2 })).toBe('"doc_count_error_upper_bound":0,"sum_other_doc_count":5,');
  expect(await answer({ min_doc_count: 2 })).toBe('"doc_count_error_upper_bound":0,"sum_other_doc_count":0,');
  const rare = { size: 1, shard_size: 2, order: { _count: "asc" } };
  expect(await answer(rare)).toBe('"doc_count_error_upper_bound":-1,"sum_other_doc_count":8,');
  expect(await buckets({ ...terms("k", "k2"), ...rare, show_term_doc_count_error: true })).toBe(
    '[{"key":["a|b","|"],"key_as_string":"a|b||","doc_count":1,"doc_count_error_upper_bound":-1}]',
  );
});

test("sub-aggregations, among them another multi_terms", async () => {
  const inner = { m: { multi_terms: terms("l", "b") }, n: { cardinality: { field: "l", precision_threshold: 100 } } };
  expect(await buckets({ ...terms("k", "k2"), size: 1 }, inner)).toBe(
    '[{"key":["a","x"],"key_as_string":"a|x","doc_count":2,' +
      '"m":{"doc_count_error_upper_bound":0,"sum_other_doc_count":0,"buckets":[{"key":[1,true],"key_as_string":"1|true","doc_count":1}]},' +
      '"n":{"value":2}}]',
  );
});

test.each<[Options, string]>([
  [
    terms("k"),
    "400 The [terms] parameter in the aggregation [m] must be present and have at least 2 fields or scripts. For a single field user terms aggregation.",
  ],
  [{}, "400 The [terms] parameter in the aggregation [m] must be present and have at least 2 fields or scripts."],
  [{ terms: "k" }, "400 [1:47] [multi_terms] terms doesn't support values of type: VALUE_STRING"],
  [{ terms: [{ field: "k" }, {}] }, "400 [field] and [script] cannot both be null.  Please specify one or the other."],
  [{ terms: [{ field: "k" }, { field: "l", x: 1 }] }, "400 [1:75] [field_config] unknown field [x]"],
  [{ ...terms("k", "l"), sizes: 1 }, "400 [1:77] [multi_terms] unknown field [sizes] did you mean [size]?"],
  [{ ...terms("k", "l"), size: 0 }, "400 [size] must be greater than 0. Found [0] in [m]"],
  [{ ...terms("k", "l"), shard_size: 0 }, "400 [shardSize] must be greater than 0. Found [0] in [m]"],
  [{ ...terms("k", "l"), min_doc_count: 0 }, "400 [minDocCount] must be greater than or equal to 1. Found [0] in [m]"],
  [
    { ...terms("k", "l"), order: { x: "asc" } },
    "400 Invalid aggregation order path [x]. Cannot find aggregation named [x]",
  ],
  [terms("k", "g"), "400 Field [g] of type [geo_point] is not supported for aggregation [multi_terms]"],
])("refuses %j", async (options, reason) => {
  expect(await reasons(options)).toBe(reason);
});

test("refuses text fields as terms does", async () => {
  expect(await reasons(terms("k", "t"))).toMatch(/^400 .*\[t\]/);
});

test.each(["script", "time_zone", "value_type"])("says that [%s] is not supported", async (option) => {
  expect(await reasons({ terms: [{ field: "k" }, { field: "l", [option]: "x" }] })).toMatch(
    new RegExp(String.raw`^501 \[${option}\] of a field of \[multi_terms\]`),
  );
});
