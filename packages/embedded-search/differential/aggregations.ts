import fc from "fast-check";

type Aggregation = Record<string, unknown>;

const field = fc.constantFrom(
  "k1",
  "k2",
  "l1",
  "l2",
  "f1",
  "b1",
  "d1",
  "i1",
  "o.x",
  "o.n",
  "t2.raw",
  "nope",
  "dynumber",
);
const options = (record: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Aggregation> =>
  fc.record(record, { requiredKeys: [] });

const numberField = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom("l1", "l2", "f1", "b1", "d1", "o.n", "dynumber", "nope") },
  { weight: 1, arbitrary: field },
);

const metric = fc
  .oneof(
    fc.tuple(fc.constantFrom("min", "max", "avg", "sum", "stats"), numberField),
    fc.tuple(fc.constantFrom("value_count", "cardinality"), field),
  )
  .map(([kind, name]): Aggregation => ({ [kind]: { field: name } }));

const order = fc.constantFrom<unknown>({ _count: "asc" }, { _key: "desc" }, { _key: "asc" }, [
  { _count: "desc" },
  { _key: "desc" },
]);

const terms = fc
  .tuple(
    field,
    options({
      size: fc.constantFrom(1, 3, 100),
      shard_size: fc.constantFrom(1, 5),
      order,
      min_doc_count: fc.constantFrom(1, 2),
      show_term_doc_count_error: fc.boolean(),
    }),
  )
  .map(([name, others]): Aggregation => ({ terms: { field: name, ...others } }));

const multiTermsField = fc
  .tuple(field, fc.option(fc.constantFrom("none", "5"), { freq: 3 }))
  .map(([name, missing]) => ({ field: name, ...(missing === null || NEEDS_OWN_MISSING.has(name) ? {} : { missing }) }));

/** Not every text is an address, a boolean or a date. */
const NEEDS_OWN_MISSING = new Set(["l1", "l2", "f1", "b1", "d1", "i1", "o.n", "dynumber"]);

const multiTerms = fc
  .tuple(
    fc.array(multiTermsField, { minLength: 2, maxLength: 3 }),
    options({
      size: fc.constantFrom(1, 3, 100),
      shard_size: fc.constantFrom(1, 5),
      min_doc_count: fc.constantFrom(1, 2),
      show_term_doc_count_error: fc.boolean(),
      order,
    }),
  )
  .map(([list, others]): Aggregation => ({ multi_terms: { terms: list, ...others } }));

const interval = fc.constantFrom<Aggregation>(
  { calendar_interval: "month" },
  { calendar_interval: "year" },
  { calendar_interval: "week" },
  { calendar_interval: "quarter" },
  { fixed_interval: "30d" },
  { calendar_interval: "month", time_zone: "Europe/Berlin" },
  { calendar_interval: "day", time_zone: "-05:00" },
);

const dates = interval.map((step): Aggregation => ({ date_histogram: { field: "d1", min_doc_count: 1, ...step } }));

const source = fc
  .tuple(field, fc.option(fc.constantFrom("asc", "desc")), fc.boolean())
  .map(([name, direction, missing]) => ({
    terms: { field: name, ...(direction ? { order: direction } : {}), ...(missing ? { missing_bucket: true } : {}) },
  }));

const composite = fc
  .tuple(fc.array(source, { minLength: 1, maxLength: 2 }), fc.constantFrom(2, 5, 100))
  .map(([sources, size]): Aggregation => ({
    composite: { size, sources: sources.map((one, index) => ({ [`s${index}`]: one })) },
  }));

const topHits = fc
  .constantFrom(1, 3)
  .map((size): Aggregation => ({ top_hits: { size, sort: [{ _doc: "asc" }], _source: false } }));

const filter = field.map((name): Aggregation => ({ filter: { exists: { field: name } } }));
const filters = fc.tuple(field, field).map(([a, b]): Aggregation => ({
  filters: { filters: { a: { exists: { field: a } }, b: { exists: { field: b } } } },
}));

const leaf = fc.oneof(metric, topHits, terms);
const bucket = fc.oneof(terms, dates, composite, filter, filters);
const withInner = fc
  .tuple(bucket, fc.option(leaf))
  .map(([outer, inner]) => (inner ? { ...outer, aggs: { inner } } : outer));

/** Needs a server that has `multi_terms`: Elasticsearch with all of its modules, or OpenSearch. */
export const multiTermsAggregations: fc.Arbitrary<Aggregation> = fc
  .tuple(multiTerms, fc.option(fc.oneof(terms, multiTerms)))
  .map(([outer, inner]) => ({ a0: inner ? { ...outer, aggs: { inner } } : outer }));

/** One or two aggregations, some of them with another inside. */
export const aggregations: fc.Arbitrary<Aggregation> = fc
  .array(fc.oneof({ weight: 1, arbitrary: metric }, { weight: 2, arbitrary: withInner }), {
    minLength: 1,
    maxLength: 2,
  })
  .map((list) => Object.fromEntries(list.map((aggregation, index) => [`a${index}`, aggregation])));
