import fc from "fast-check";
import { aggregations } from "./aggregations.ts";
import { queries } from "./queries.ts";
import { opened, overPointInTime, severalSearches, templated } from "./story-sessions.ts";
import type { StoryStep } from "./story-step.ts";
import { ADDRESSES, BOOLEANS, DATES, DECIMALS, INTEGERS, keywords, LARGE, sentence } from "./vocabulary.ts";

const FIELDS = {
  k1: { type: "keyword" },
  t1: { type: "text" },
  l1: { type: "long" },
  f1: { type: "double" },
  b1: { type: "boolean" },
  d1: { type: "date" },
  i1: { type: "ip" },
  n: { type: "integer" },
  o: { properties: { x: { type: "keyword" }, y: { type: "text" }, n: { type: "long" } } },
};

/** The same names with other types and options. */
const OTHER_FIELDS = {
  ...FIELDS,
  k1: { type: "keyword", ignore_above: 4 },
  l1: { type: "integer" },
  d1: { type: "date", format: "strict_date_optional_time||epoch_second" },
};

const put = (index: string, properties: object): StoryStep => ({
  method: "PUT",
  path: `/${index}`,
  body: {
    settings: { number_of_shards: 1, number_of_replicas: 0, refresh_interval: -1 },
    mappings: { properties },
  },
});

const alias = (index: string, name: string, others: object = {}): object => ({
  add: { index, alias: name, ...others },
});

/** Two indices that are alike and one that is not, with aliases of one, of several, filtered, and to write to. */
export const beginning: readonly StoryStep[] = [
  put("scn-a1", FIELDS),
  put("scn-a2", FIELDS),
  put("scn-b", OTHER_FIELDS),
  {
    method: "POST",
    path: "/_aliases",
    body: {
      actions: [
        alias("scn-a1", "scn-both", { is_write_index: true }),
        alias("scn-a2", "scn-both"),
        alias("scn-a1", "scn-some", { filter: { term: { b1: true } } }),
        alias("scn-b", "scn-some", { filter: { exists: { field: "l1" } } }),
        alias("scn-a2", "scn-odd", { filter: { range: { n: { gte: 5 } } } }),
      ],
    },
  },
];

const id = fc.integer({ min: 0, max: 11 });
const target = fc.constantFrom("scn-a1", "scn-a1", "scn-a2", "scn-b", "scn-both", "scn-odd", "scn-some");

const rarely = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq: 2 });

const source = (number: number): fc.Arbitrary<object> =>
  fc
    .record({
      k1: maybe(fc.constantFrom(...keywords)),
      t1: maybe(sentence),
      l1: maybe(
        fc.oneof(fc.constantFrom(...INTEGERS, ...LARGE), fc.array(fc.constantFrom(...INTEGERS), { maxLength: 3 })),
      ),
      f1: maybe(fc.constantFrom(...DECIMALS)),
      b1: maybe(fc.constantFrom(...BOOLEANS)),
      d1: maybe(fc.constantFrom(...DATES)),
      i1: maybe(fc.constantFrom(...ADDRESSES)),
      o: maybe(fc.record({ x: maybe(fc.constantFrom(...keywords)), n: maybe(fc.constantFrom(1, 2, 3)) })),
    })
    .map((fields) => ({ n: number, ...fields }));

/** Numbers of writes that some documents have, so that some conditions hold. */
const condition = fc.oneof(
  { weight: 5, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 0, max: 12 }).map((if_seq_no) => ({ if_seq_no, if_primary_term: 1 })),
  },
);

const item: fc.Arbitrary<readonly object[]> = fc
  .tuple(id, fc.constantFrom("index", "index", "index", "create", "update", "delete"), target, condition)
  .chain(([number, action, index, others]) =>
    source(number).map((document) => {
      const head = { [action]: { _index: index, _id: String(number), ...(action === "create" ? {} : others) } };
      if (action === "delete") return [head];
      return [head, action === "update" ? { doc: document, doc_as_upsert: number % 2 === 0 } : document];
    }),
  );

const refresh = fc.constantFrom("", "", "?refresh=true");

const bulk = fc
  .tuple(fc.array(item, { minLength: 1, maxLength: 6 }), refresh)
  .map(([items, query]): StoryStep => ({ method: "POST", path: `/_bulk${query}`, lines: items.flat() }));

const parameters = (record: Readonly<Record<string, unknown>>): string => {
  const text = Object.entries(record)
    .map(([key, value]) => `${key}=${String(value)}`)
    .join("&");
  return text === "" ? "" : `?${text}`;
};

const write = fc
  .tuple(id, target, condition, fc.constantFrom("_doc", "_create", "_update", "delete"))
  .chain(([number, index, others, kind]) =>
    source(number).map((document): StoryStep => {
      if (kind === "_create") return { method: "PUT", path: `/${index}/_create/${number}`, body: document };
      const query = parameters(others);
      if (kind === "delete") return { method: "DELETE", path: `/${index}/_doc/${number}${query}` };
      if (kind === "_doc") return { method: "PUT", path: `/${index}/_doc/${number}${query}`, body: document };
      return { method: "POST", path: `/${index}/_update/${number}${query}`, body: { doc: document } };
    }),
  );

/** Names, patterns, aliases and exclusions. */
const expression = fc.constantFrom(
  "scn-a1",
  "scn-a2",
  "scn-b",
  "scn-a1,scn-a2",
  "scn-a*",
  "scn-*",
  "scn-*,-scn-a1",
  "scn-a*,-scn-a*",
  "scn-*,-scn-b,scn-b",
  "-scn-a1,scn-b",
  "scn-*,-scn-both",
  "scn-both",
  "scn-some",
  "scn-odd",
  "scn-s*",
  "scn-odd,scn-a2",
  "scn-nope",
  "scn-nope*",
  "scn-a1,scn-nope",
  "scn-*,-scn-nope",
);

const lookedUp = fc
  .tuple(
    id,
    target,
    fc.constantFrom<"GET" | "HEAD">("GET", "GET", "HEAD"),
    fc.constantFrom("", "?_source=o,k1", "?_source_excludes=o.x", "?realtime=false"),
  )
  .map(([number, index, method, query]): StoryStep => ({ method, path: `/${index}/_doc/${number}${query}` }));

const severalLookedUp = fc.array(fc.tuple(target, id), { minLength: 1, maxLength: 4 }).map((list): StoryStep => ({
  method: "POST",
  path: "/_mget",
  body: { docs: list.map(([_index, number]) => ({ _index, _id: String(number) })) },
}));

const metadataQuery = fc.oneof(
  fc.array(id, { maxLength: 4 }).map((values): object => ({ ids: { values: values.map(String) } })),
  fc
    .constantFrom("scn-a1", "scn-both", "scn-a*", "scn-nope", "scn-b")
    .map((name): object => ({ term: { _index: name } })),
  fc.constantFrom("scn-a*", "*b", "scn-some").map((name): object => ({ wildcard: { _index: name } })),
  id.map((number): object => ({ term: { _id: String(number) } })),
  fc.constantFrom("_index", "_id", "_seq_no", "_version").map((field): object => ({ exists: { field } })),
);

/**
 * Of fields that a pattern names, Elasticsearch leaves out those without any value in the index, so that it does not complain about
 * them. Here indices begin empty; the embedded store only leaves out all of them when there is nothing at all.
 */
const mostQueries = queries.filter((one) => !/"[lo.]+\*"/.test(JSON.stringify(one)));

const query = fc.oneof(
  { weight: 2, arbitrary: mostQueries },
  { weight: 2, arbitrary: metadataQuery },
  {
    weight: 1,
    arbitrary: fc.constant({ match_all: {} }),
  },
);

const sourceFilter = fc.constantFrom<unknown>(
  true,
  false,
  "o",
  ["o.*", "k1"],
  { includes: ["o*", "l1"], excludes: ["o.n"] },
  { excludes: ["*1"] },
);

/** Each document has a place of its own, also after the server has merged its segments. */
const UNIQUE = [{ _index: "asc" }, { n: "asc" }];
const sort = fc.oneof(
  fc.constantFrom<readonly object[]>(UNIQUE, [{ _index: "desc" }, { n: "desc" }], [{ n: "desc" }, { _index: "asc" }]),
  fc
    .tuple(
      fc.constantFrom("k1", "l1", "f1", "b1", "d1", "i1", "o.x", "o.n"),
      fc.constantFrom("asc", "desc"),
      fc.constantFrom("_first", "_last"),
    )
    .map(([field, order, missing]) => [{ [field]: { order, missing, unmapped_type: "long" } }, ...UNIQUE]),
);

const url = (index: string, api: string, query: string): string => `/${index}/${api}${query}`;
const leniency = fc.constantFrom(
  "",
  "",
  "",
  "?ignore_unavailable=true",
  "?allow_no_indices=false",
  "?filter_path=hits.total,hits.hits._id,error.type,count",
);

const search = fc
  .tuple(
    expression,
    leniency,
    query,
    sort,
    fc.record(
      {
        size: fc.constantFrom(1, 5, 100),
        from: fc.constantFrom(0, 3, 3, 3, 9_999),
        post_filter: rarely(query),
        search_after: rarely(
          fc.constantFrom<readonly unknown[]>([0, "scn-a1", 3], ["5", "scn-a2", 5], [null, "scn-b", 2], [1, "scn-a1"]),
        ),
        version: fc.constant(true),
        seq_no_primary_term: fc.constant(true),
        track_total_hits: fc.constantFrom<unknown>(true, false, 3),
        _source: sourceFilter,
      },
      { requiredKeys: [] },
    ),
  )
  .map(([index, lenient, asked, order, others]): StoryStep => ({
    method: "POST",
    path: url(index, "_search", lenient),
    body: { query: asked, sort: order, ...others },
  }));

const count = fc.tuple(expression, leniency, query).map(([index, lenient, asked]): StoryStep => ({
  method: "POST",
  path: url(index, "_count", lenient),
  body: { query: asked },
}));

const SEVERAL: ReadonlySet<string> = new Set(["scn-a*", "scn-both"]);

/** Of indices that are alike. */
const aggregated = fc
  .tuple(fc.constantFrom("scn-a*", "scn-both", "scn-a1", "scn-odd", "scn-b"), metadataQuery, aggregations)
  .filter(([index, , aggs]) => {
    const text = JSON.stringify(aggs);
    // Both depend on how the server has merged its segments: hits in their order, and keys that only deleted documents have.
    if (text.includes('"top_hits"') || text.includes('"min_doc_count":0')) return false;
    // Over several indices the server cuts groups and adds up decimals in each first, and says how wrong that may be.
    return !SEVERAL.has(index) || !/"(?:shard_size|sum|avg|stats)"/.test(text);
  })
  .map(([index, asked, aggs]): StoryStep => ({
    method: "POST",
    path: url(index, "_search", ""),
    body: { size: 0, query: asked, aggs },
  }));

/** Of indices that are alike: what stands for a missing integer is no long that Elasticsearch goes on after in order. */
const paged = fc
  .tuple(fc.constantFrom("scn-a*", "scn-both", "scn-b"), sort, fc.integer({ min: 1, max: 5 }))
  .map(([index, order, size]): StoryStep => ({
    method: "POST",
    path: url(index, "_search", ""),
    body: { size, sort: order, _source: false },
    follow: "search_after",
  }));

const pagedSource = fc
  .tuple(
    fc.constantFrom("k1", "l1", "f1", "b1", "d1", "i1", "o.x", "o.n", "nope"),
    fc.constantFrom("asc", "desc"),
    fc.constantFrom<object>({}, { missing_bucket: true }),
  )
  .map(([field, order, others]) => ({ terms: { field, order, ...others } }));

const pagedDates = fc
  .tuple(
    fc.constantFrom("UTC", "America/New_York", "Asia/Beirut", "America/Sao_Paulo", "Australia/Lord_Howe"),
    fc.constantFrom("1d", "1h", "1M", "1w"),
    fc.constantFrom<object>({}, { format: "yyyy-MM-dd'T'HH:mmXXX" }, { format: "epoch_millis" }),
    fc.constantFrom("asc", "desc"),
  )
  .map(([time_zone, calendar_interval, format, order]) => ({
    date_histogram: { field: "d1", calendar_interval, time_zone, order, ...format },
  }));

const pagedGroups = fc
  .tuple(
    fc.constantFrom("scn-a*", "scn-both", "scn-a1", "scn-odd", "scn-b"),
    fc.array(fc.oneof({ weight: 3, arbitrary: pagedSource }, { weight: 1, arbitrary: pagedDates }), {
      minLength: 1,
      maxLength: 2,
    }),
    fc.integer({ min: 1, max: 4 }),
  )
  .map(([index, sources, size]): StoryStep => ({
    method: "POST",
    path: url(index, "_search", ""),
    body: {
      size: 0,
      aggs: { a: { composite: { size, sources: sources.map((one, i) => ({ [`s${i}`]: one })) } } },
    },
    follow: "after",
  }));

const refreshed = fc
  .constantFrom("scn-a1", "scn-a*", "scn-*", "scn-both")
  .map((index): StoryStep => ({ method: "POST", path: `/${index}/_refresh` }));

/** Requests in any order. */
export const steps: fc.Arbitrary<StoryStep> = fc.oneof(
  { weight: 6, arbitrary: bulk },
  { weight: 4, arbitrary: write },
  { weight: 3, arbitrary: refreshed },
  { weight: 3, arbitrary: lookedUp },
  { weight: 1, arbitrary: severalLookedUp },
  { weight: 8, arbitrary: search },
  { weight: 2, arbitrary: count },
  { weight: 4, arbitrary: aggregated },
  { weight: 2, arbitrary: paged },
  { weight: 2, arbitrary: pagedGroups },
  { weight: 1, arbitrary: opened(expression) },
  { weight: 2, arbitrary: overPointInTime(paged) },
  { weight: 2, arbitrary: severalSearches(search) },
  { weight: 1, arbitrary: templated(id.chain(source)) },
);
