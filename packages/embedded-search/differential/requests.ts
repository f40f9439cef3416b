import fc from "fast-check";
import { aggregations, multiTermsAggregations } from "./aggregations.ts";
import { queries } from "./queries.ts";

/** The body of one search. It always has a sort, because scores are not compared. */
export type SearchBody = Readonly<Record<string, unknown>>;

const sortField = fc.constantFrom("k1", "l1", "l2", "f1", "b1", "d1", "i1", "o.x", "o.n", "t2.raw");

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
export const requests: fc.Arbitrary<SearchBody> = fc
  .tuple(queries, sort, fc.option(aggregations, { freq: 8 }))
  .map(([query, order, aggs]) => ({
    query: aggs === null ? query : neverBareRange(query, aggs),
    size: 100,
    _source: false,
    sort: order,
    ...(aggs === null ? {} : { aggs }),
  }));

/** Always with aggregations. */
export const manyAggregations: fc.Arbitrary<SearchBody> = fc
  .tuple(queries, aggregations)
  .map(([query, aggs]) => ({ query: neverBareRange(query, aggs), size: 0, aggs }));

/** Always with `multi_terms`, over all documents: this is also asked of servers whose queries differ. */
export const multiTermsRequests: fc.Arbitrary<SearchBody> = multiTermsAggregations.map((aggs) => ({ size: 0, aggs }));
