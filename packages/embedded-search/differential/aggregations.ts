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
  "k3",
  "n1",
  "a1",
  "a2",
  "a3",
);
const options = (record: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Aggregation> =>
  fc.record(record, { requiredKeys: [] });

const numberField = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom("l1", "l2", "f1", "b1", "d1", "o.n", "dynumber", "nope", "n1", "a2", "a3") },
  { weight: 1, arbitrary: field },
);

const metric = fc
  .oneof(
    fc.tuple(fc.constantFrom("min", "max", "avg", "sum", "stats"), numberField),
    fc.tuple(fc.constantFrom("value_count", "cardinality"), field),
  )
  .map(([kind, name]): Aggregation => ({ [kind]: { field: name } }));

/** Of each field, a value that stands for a missing one. */
const MISSING: Readonly<Record<string, readonly unknown[]>> = {
  k1: ["none", ""],
  l1: [7, "7"],
  f1: [1.5, "1.5"],
  b1: [true, "false"],
  d1: ["2020-01-15||+1d", 1_579_082_400_000],
  d2: ["2020-01-15", 1_579_082_400_000],
  i1: ["::9"],
};

const missing = fc
  .constantFrom(...Object.keys(MISSING))
  .chain((name) => fc.tuple(fc.constant(name), fc.constantFrom(...(MISSING[name] ?? []))));

const withMissing = fc
  .tuple(missing, fc.constantFrom("terms", "cardinality", "value_count", "min", "max", "avg", "sum", "stats"))
  .map(([[name, value], kind]): Aggregation => ({ [kind]: { field: name, missing: value } }));

/** Values and patterns to choose among, of which some fit the field. */
const CHOICES: Readonly<Record<string, readonly unknown[]>> = {
  k1: ["a.*", "[a-m].*", ["alpha", "Beta"], []],
  l1: [[1, "5"], [], [22]],
  f1: [[0.5], ["22"]],
  b1: [[true], ["false"]],
  d1: [["2020-01-15"], ["2020-01-15T10:00:00Z", "2020"]],
  i1: [["10.0.0.1"], ["::1", "10.0.0.2"]],
};

const chosen = fc
  .constantFrom(...Object.keys(CHOICES))
  .chain((name) => {
    const choice = fc.constantFrom(...(CHOICES[name] ?? []));
    return fc.tuple(fc.constant(name), fc.record({ include: choice, exclude: choice }, { requiredKeys: [] }));
  })
  .map(([name, choices]): Aggregation => ({ terms: { field: name, size: 100, ...choices } }));

const measured = {
  m: { max: { field: "l1" } },
  n: { min: { field: "l1" } },
  v: { avg: { field: "l1" } },
  s: { stats: { field: "f1" } },
  f: { filter: { exists: { field: "l1" } }, aggs: { m: { max: { field: "l1" } } } },
};

/** Buckets in the order of a measure that some of them do not have. */
const ordered = fc
  .tuple(
    fc.constantFrom("k1", "o.x", "i1", "d1", "b1"),
    fc.constantFrom("m", "n", "v", "s.avg", "s.max", "f", "f>m"),
    fc.constantFrom("asc", "desc"),
    fc.constantFrom(2, 5, 100),
  )
  .map(([name, path, direction, size]): Aggregation => ({
    // When buckets are cut in the order of an average, Elasticsearch keeps some of those without a value by chance.
    terms: { field: name, size: path === "v" || path === "s.avg" ? 100 : size, order: { [path]: direction } },
    aggs: measured,
  }));

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
      min_doc_count: fc.constantFrom(0, 1, 2),
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

const NUMBER_FORMATS = ["0.00", "#,##0.##", "#", "0.0%", "0.##E0", "$0.0;($0.0)", "000", "0.0.0"];
const numberFormat = fc.constantFrom(...NUMBER_FORMATS);
const numeric = fc.constantFrom("l1", "l2", "l3", "f1", "f2", "o.n", "dynumber", "nope");

/** Parts of all keys, which both have to choose alike. */
const partition = fc
  .tuple(field, fc.constantFrom(0, 1), fc.constantFrom(2, 3))
  .map(([name, part, parts]): Aggregation => ({
    terms: { field: name, size: 100, include: { partition: part, num_partitions: parts } },
  }));

const formatted = fc
  .tuple(
    fc.constantFrom("terms", "min", "max", "avg", "sum", "stats", "value_count"),
    fc.oneof({ weight: 6, arbitrary: numeric }, { weight: 1, arbitrary: field }),
    numberFormat,
  )
  .map(([kind, name, format]): Aggregation => ({ [kind]: { field: name, format } }));

/** Of fields and choices that go together: of several mistakes, each store finds another first. */
const rareTerms = fc
  .tuple(
    fc.oneof(
      fc.tuple(
        fc.constantFrom("k1", "o.x", "t2.raw", "nope"),
        fc.constantFrom<Aggregation>({}, { exclude: "a.*" }, { include: "[a-m].*" }),
      ),
      fc.tuple(fc.constantFrom("l1", "l2", "dynumber"), fc.constantFrom<Aggregation>({}, { exclude: ["1", 5] })),
      fc.tuple(
        fc.constantFrom("k1", "l1", "b1", "d1", "i1"),
        fc.constantFrom<Aggregation>({}, { include: { partition: 0, num_partitions: 2 } }),
      ),
    ),
    options({ max_doc_count: fc.constantFrom(1, 2, 5) }),
  )
  .map(([[name, choice], others]): Aggregation => ({ rare_terms: { field: name, ...others, ...choice } }));

const someNumbers = fc.constantFrom("l1", "l2", "l3", "f1", "o.n", "dynumber", "b1", "nope");

/** Values that are not too far from one another for a bucket each. */
const numberHistogram = fc
  .tuple(
    someNumbers,
    fc.constantFrom(0.5, 5, 100, 1e9),
    options({
      offset: fc.constantFrom(1, -0.25, 7),
      order: fc.constantFrom<unknown>({ _key: "desc" }, { _count: "desc" }, [{ _count: "asc" }, { _key: "desc" }]),
      keyed: fc.boolean(),
      format: fc.constantFrom("0.0", "#,##0"),
      missing: fc.constantFrom(3, "22"),
    }),
    fc.constantFrom<Aggregation>(
      {},
      { hard_bounds: { min: -10, max: 50 } },
      { hard_bounds: { max: 5 } },
      { hard_bounds: { min: 1 } },
      { extended_bounds: { min: 0, max: 50 } },
      { extended_bounds: { min: -5, max: 5 }, hard_bounds: { min: -5 } },
    ),
    fc.constantFrom(0, 1, 2),
  )
  .map(([name, step, others, bounds, minimum]): Aggregation => ({
    histogram: {
      field: name,
      interval: step,
      // Between far values there are more gaps than buckets are allowed.
      min_doc_count: Math.max(minimum, step < 1e9 && "hard_bounds" in bounds ? 0 : 1),
      ...others,
      ...bounds,
    },
  }));

/** They do not overlap: of a document with several values, Elasticsearch leaves out some of those that do. */
const ranges = fc
  .tuple(
    fc.oneof({ weight: 5, arbitrary: numeric }, { weight: 1, arbitrary: fc.constantFrom("d1", "b1", "k1") }),
    fc.constantFrom<unknown>(
      [{ to: 1 }, { from: 1 }],
      [{ to: 0 }, { from: 0, to: 0.1 }, { from: 0.1, to: 22, key: "some" }, { from: 22 }],
      [{ from: 1e9 }, { from: -5, to: 5 }],
      [{ from: 5, to: 1 }],
    ),
    options({ keyed: fc.boolean(), format: numberFormat, missing: fc.constant(3) }),
  )
  .map(([name, list, others]): Aggregation => ({ range: { field: name, ranges: list, ...others } }));

const quantiles = fc
  .tuple(
    fc.oneof({ weight: 5, arbitrary: numeric }, { weight: 1, arbitrary: fc.constantFrom("d1", "b1", "k1") }),
    fc.oneof(
      options({ percents: fc.constantFrom([50], [0, 33.3, 100], [99.9]) }).map(
        (list) => ["percentiles", list] as const,
      ),
      fc.constantFrom([1], [-5, 0.5, 22]).map((values) => ["percentile_ranks", { values }] as const),
    ),
    options({ keyed: fc.boolean(), format: fc.constantFrom("0.00", "#"), missing: fc.constantFrom(3, "22") }),
  )
  .map(([name, [kind, list], others]): Aggregation => ({ [kind]: { field: name, ...list, ...others } }));

const interval = fc.constantFrom<Aggregation>(
  { calendar_interval: "month" },
  { calendar_interval: "year" },
  { calendar_interval: "week" },
  { calendar_interval: "quarter" },
  { fixed_interval: "30d" },
  { calendar_interval: "month", time_zone: "Europe/Berlin" },
  { calendar_interval: "day", time_zone: "-05:00" },
);

const ZONES = ["America/New_York", "Europe/London", "Asia/Beirut", "America/Sao_Paulo", "Pacific/Apia", "+05:45"];
const DATE_FORMATS = [
  "yyyy-MM-dd",
  "dd/MMM/yyyy:HH:mm:ss Z",
  "week_date",
  "epoch_second",
  "EEE, dd MMM yyyy",
  "iso8601",
];

/** Long intervals only: between 1970 and 2021 there are too many days to show the empty ones. */
const dates = fc
  .tuple(
    interval,
    fc.constantFrom("d1", "d2", "n1", "nope"),
    options({
      min_doc_count: fc.constantFrom(0, 1, 2),
      time_zone: fc.constantFrom(...ZONES),
      format: fc.constantFrom(...DATE_FORMATS),
      offset: fc.constantFrom("6h", "-30m"),
      order: fc.constantFrom<unknown>({ _key: "desc" }, { _count: "desc" }, [{ _count: "asc" }, { _key: "desc" }]),
      missing: fc.constantFrom<unknown>("2020-01-15", 1_579_082_400_000),
    }),
    fc.constantFrom<Aggregation>(
      {},
      {},
      {},
      { extended_bounds: { min: 1_500_000_000_000, max: 1_600_000_000_000 } },
      { extended_bounds: { max: "2021-07-01" } },
      { hard_bounds: { min: "2019-06-15", max: "2021-07-01" } },
      { hard_bounds: { min: 1_579_082_400_000 } },
      { hard_bounds: { max: "2020-03-01||/M" } },
      { hard_bounds: { min: "2019-06-15" }, extended_bounds: { min: "2019-09-30", max: "2020-05-05" } },
    ),
  )
  .map(([step, name, others, bounds]): Aggregation => ({
    date_histogram: { field: name, ...step, ...others, ...bounds },
  }));

const source = fc
  .tuple(field, fc.option(fc.constantFrom("asc", "desc")), fc.boolean())
  .map(([name, direction, missing]) => ({
    terms: { field: name, ...(direction ? { order: direction } : {}), ...(missing ? { missing_bucket: true } : {}) },
  }));

/** Keys that a page before may have ended with. */
const AFTER: Readonly<Record<string, readonly unknown[]>> = {
  k1: ["alpha", "é"],
  l1: [1, 22],
  f1: [0.5, "1.5"],
  b1: [true, false],
  d1: [1_579_082_400_000, 0],
  i1: ["10.0.0.1", "::1"],
  nope: ["x"],
};

/** One source after a key; null stands where missing values have a bucket of their own. */
const nextPage = fc
  .constantFrom(...Object.keys(AFTER))
  .chain((name) =>
    fc.record({
      name: fc.constant(name),
      after: fc.constantFrom(...(AFTER[name] ?? [])),
      order: fc.constantFrom("asc", "desc"),
      other: fc.constantFrom("o.n", "o.x"),
    }),
  )
  .map(({ name, after, order: direction, other }): Aggregation => ({
    composite: {
      size: 5,
      sources: [
        { a: { terms: { field: name, order: direction, missing_bucket: true } } },
        { b: { terms: { field: other, missing_bucket: true, missing_order: "last" } } },
      ],
      after: { a: after, b: null },
    },
  }));

const datePage = fc
  .tuple(
    fc.constantFrom(...ZONES),
    fc.constantFrom("asc", "desc"),
    fc.constantFrom("2020-01-15", "2019-12-31", "2021-06-01"),
  )
  .map(([time_zone, direction, after]): Aggregation => ({
    composite: {
      size: 5,
      sources: [
        {
          a: {
            date_histogram: { field: "d1", calendar_interval: "1d", format: "yyyy-MM-dd", time_zone, order: direction },
          },
        },
      ],
      after: { a: after },
    },
  }));

const firstPage = fc
  .tuple(fc.array(source, { minLength: 1, maxLength: 2 }), fc.constantFrom(2, 5, 100))
  .map(([sources, size]): Aggregation => ({
    composite: { size, sources: sources.map((one, index) => ({ [`s${index}`]: one })) },
  }));

const composite = fc.oneof(
  { weight: 2, arbitrary: firstPage },
  { weight: 2, arbitrary: nextPage },
  { weight: 1, arbitrary: datePage },
);

const topHits = fc
  .tuple(
    fc.constantFrom(1, 3),
    fc.constantFrom<Aggregation>({}, { d1: { order: "desc", format: "yyyy", unmapped_type: "date" } }),
  )
  .map(([size, first]): Aggregation => ({
    top_hits: { size, sort: [...(Object.keys(first).length > 0 ? [first] : []), { _doc: "asc" }], _source: false },
  }));

const filter = field.map((name): Aggregation => ({ filter: { exists: { field: name } } }));
const filters = fc.tuple(field, field).map(([a, b]): Aggregation => ({
  filters: { filters: { a: { exists: { field: a } }, b: { exists: { field: b } } } },
}));

const leaf = fc.oneof(metric, topHits, terms, withMissing, chosen, formatted, quantiles, rareTerms);
const bucket = fc.oneof(
  { weight: 2, arbitrary: terms },
  { weight: 2, arbitrary: dates },
  { weight: 2, arbitrary: composite },
  { weight: 1, arbitrary: filter },
  { weight: 1, arbitrary: filters },
  { weight: 1, arbitrary: chosen },
  { weight: 1, arbitrary: partition },
  { weight: 1, arbitrary: rareTerms },
  { weight: 1, arbitrary: numberHistogram },
  { weight: 1, arbitrary: ranges },
);
const withInner = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(bucket, fc.option(leaf))
      .map(([outer, inner]) => (inner ? { ...outer, aggs: { inner } } : outer)),
  },
  { weight: 1, arbitrary: ordered },
  { weight: 1, arbitrary: withMissing },
  { weight: 1, arbitrary: formatted },
  { weight: 1, arbitrary: quantiles },
);

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
