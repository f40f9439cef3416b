import fc from "fast-check";
import { aggregations, multiTermsAggregations } from "./aggregations.ts";
import { queries } from "./queries.ts";

/** The body of one search. It always has a sort, because scores are not compared. */
export type SearchBody = Readonly<Record<string, unknown>>;

const sortField = fc.constantFrom(
  "k1",
  "l1",
  "l2",
  "f1",
  "b1",
  "d1",
  "i1",
  "o.x",
  "o.n",
  "t2.raw",
  "k3",
  "n1",
  "a1",
  "a2",
  "a3",
);

const sortBy = fc
  .tuple(
    sortField,
    fc.record(
      {
        order: fc.constantFrom("asc", "desc"),
        missing: fc.constantFrom("_first", "_last"),
        mode: fc.constantFrom("min", "max"),
      },
      { requiredKeys: ["order"] },
    ),
  )
  .map(([name, options]) => [{ [name]: { unmapped_type: "long", ...options } }, { _doc: "asc" }]);

/** Values that a page may have ended with: of every type, those of missing values included. */
const ends = fc.constantFrom<unknown>(
  null,
  0,
  1,
  5,
  -5,
  0.1,
  0.5,
  1.5,
  "alpha",
  "login",
  "",
  true,
  "false",
  "10.0.0.1",
  1579082400000,
  "2020-01-15",
  2147483647,
  -2147483648,
  "9223372036854775807",
  "-9223372036854775808",
  "Infinity",
  "-Infinity",
);

/** The store refuses such dates as the server does, but does not know all of their digits. */
const isTooFar = (name: string, end: unknown): boolean => name === "n1" && /^-?9223372036854775/.test(String(end));

/** Searches that go on after a hit, in pages. */
const pages = fc
  .tuple(
    sortField,
    fc.constantFrom("asc", "desc"),
    fc.option(fc.constantFrom("_first", "_last"), { nil: undefined }),
    fc.option(ends, { freq: 4, nil: undefined }),
    fc.integer({ min: 1, max: 10 }),
  )
  .filter(([name, , , end]) => !isTooFar(name, end))
  .map(([name, order, missing, end, size]): SearchBody => ({
    query: { match_all: {} },
    _source: false,
    size,
    sort: [{ [name]: { order, unmapped_type: "long", ...(missing === undefined ? {} : { missing }) } }],
    ...(end === undefined ? {} : { search_after: [end] }),
  }));

/** Parts of sources, by names and patterns. */
const sourceFilters = fc.constantFrom<unknown>(
  "o",
  "o.*",
  "*.x",
  ["t1", "o.y"],
  { excludes: ["o.x"] },
  { excludes: ["*.x"] },
  { includes: ["o*"], excludes: ["o.n"] },
  { includes: ["*1"], excludes: ["t*"] },
);

const sources = sourceFilters.map((filter): SearchBody => ({
  query: { match_all: {} },
  size: 100,
  _source: filter,
  sort: ["_doc"],
}));

const sort = fc.oneof({ weight: 8, arbitrary: fc.constant(["_doc"]) }, { weight: 1, arbitrary: sortBy });

/**
 * Under a bare range of numbers or dates, Elasticsearch's `composite` leaves out values of a list beyond the range (it walks
 * the index of that field). The embedded store counts them, as both do under any other query; so a bare range is wrapped in one.
 */
const neverBareRange = (query: object, aggs: object): object =>
  JSON.stringify(aggs).includes('"composite"')
    ? { bool: { must: [query], should: [{ exists: { field: "nope" } }, { ids: { values: ["0"] } }] } }
    : query;

/** Searches: a query, sometimes sorted by a field, sometimes with aggregations. */
const searches: fc.Arbitrary<SearchBody> = fc
  .tuple(queries, sort, fc.option(aggregations, { freq: 8 }))
  .map(([query, order, aggs]) => ({
    query: aggs === null ? query : neverBareRange(query, aggs),
    size: 100,
    _source: false,
    sort: order,
    ...(aggs === null ? {} : { aggs }),
  }));

/** Searches of all kinds. */
export const requests: fc.Arbitrary<SearchBody> = fc.oneof(
  { weight: 16, arbitrary: searches },
  { weight: 2, arbitrary: pages },
  { weight: 1, arbitrary: sources },
);

/** Always with aggregations. */
export const manyAggregations: fc.Arbitrary<SearchBody> = fc
  .tuple(queries, aggregations)
  .map(([query, aggs]) => ({ query: neverBareRange(query, aggs), size: 0, aggs }));

/** Always with `multi_terms`, over all documents: this is also asked of servers whose queries differ. */
export const multiTermsRequests: fc.Arbitrary<SearchBody> = multiTermsAggregations.map((aggs) => ({ size: 0, aggs }));
