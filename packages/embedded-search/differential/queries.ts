import fc from "fast-check";
import { type FieldKind, fieldKinds } from "./field-kinds.ts";
import { lucenePatterns, wildcards } from "./patterns.ts";
import { simpleQueryStrings } from "./simple-queries.ts";
import { queryStrings } from "./query-strings.ts";
import { WORDS } from "./vocabulary.ts";

type Query = Record<string, unknown>;

/** Names that are asked for besides those of the kinds: parts, whole objects, nothing at all. */
const OTHER_NAMES = ["t2.raw", "k2.text", "dynamic.keyword", "o", "nope", "o.nope", "a1", "a2", "a3", "a4", "o.copied"];

const kind: fc.Arbitrary<FieldKind> = fc.constantFrom(...fieldKinds);

/** A field, and a question that usually suits it. */
const asked: fc.Arbitrary<readonly [string, unknown]> = fc.oneof(
  { weight: 20, arbitrary: kind.chain(({ name, questions }) => questions.map((value) => [name, value] as const)) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...OTHER_NAMES), fc.constantFrom<unknown>(...WORDS, 1)) },
  {
    weight: 1,
    arbitrary: fc.tuple(
      fc.constantFrom(...fieldKinds.map(({ name }) => name)),
      fc.constantFrom<unknown>(...WORDS, 1, 2.5, true),
    ),
  },
);

const fieldName = asked.map(([name]) => name);
const stringField = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.constantFrom(
      "t1",
      "t2",
      "k1",
      "k2",
      "k3",
      "c1",
      "c2",
      "a1",
      "a4",
      "o.x",
      "o.y",
      "dynamic",
      "t2.raw",
      "k2.text",
      "dynamic.keyword",
    ),
  },
  { weight: 1, arbitrary: fieldName },
);

const minimum = fc.constantFrom<unknown>(0, 1, 2, 3, "50%", "-1", "-25%", "2<75%", "100%");
const fuzziness = fc.constantFrom<unknown>(0, 1, 2, "AUTO", "AUTO:2,4", "1");
const options = (record: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Query> =>
  fc.record(record, { requiredKeys: [] });

const match = fc
  .tuple(
    asked,
    options({
      operator: fc.constantFrom("and", "or"),
      minimum_should_match: minimum,
      fuzziness,
      lenient: fc.boolean(),
      zero_terms_query: fc.constantFrom("all", "none"),
    }),
  )
  .map(([[name, query], others]): Query => ({ match: { [name]: { query, ...others } } }));

const phrase = fc
  .tuple(asked, options({ slop: fc.integer({ min: 0, max: 6 }) }))
  .map(([[name, query], others]): Query => ({ match_phrase: { [name]: { query, ...others } } }));

const term = fc
  .tuple(asked, options({ case_insensitive: fc.boolean() }))
  .map(([[name, value], others]): Query => ({ term: { [name]: { value, ...others } } }));

const scalar = (value: unknown): boolean => typeof value !== "object";

/** At most one value that may not fit: of several, the server complains about whichever comes first in its hash table. */
const terms = kind.chain(({ name, values, questions }) =>
  fc
    .tuple(fc.array(values.filter(scalar), { maxLength: name === "dynamic" ? 0 : 4 }), fc.option(questions))
    // Of several texts that are no dates, the server names whichever its hash table has first.
    .filter(([fitting, question]) => name !== "d2" || question === null || !fitting.includes("1579082400"))
    .map(([fitting, question]): Query => ({ terms: { [name]: question === null ? fitting : [...fitting, question] } })),
);

const zone = fc.constantFrom(
  ...["+01:00", "-05:00", "Europe/Berlin", "America/New_York", "UTC"],
  // Clocks are changed at midnight, and by half an hour.
  ...["Asia/Beirut", "America/Sao_Paulo", "Australia/Lord_Howe", "Pacific/Apia"],
);

const range = fc
  .tuple(
    kind.chain(({ name, questions }) => fc.tuple(fc.constant(name), questions, fc.option(questions))),
    fc.constantFrom("gt", "gte"),
    fc.constantFrom("lt", "lte"),
    fc.boolean(),
    fc.option(zone, { freq: 8 }),
  )
  .map(([[name, from, to], low, high, swap, timeZone]): Query => {
    const bounds = to === null ? { [swap ? high : low]: from } : { [low]: from, [high]: to };
    return {
      range: { [name]: timeZone !== null && name.startsWith("d") ? { ...bounds, time_zone: timeZone } : bounds },
    };
  });

const exists = fc
  .oneof(fieldName, fc.constantFrom("o", "nope", "t*", "o.*", "t2.raw"))
  .map((field): Query => ({ exists: { field } }));

const caseOption = options({ case_insensitive: fc.boolean() });

const wildcard = fc
  .tuple(stringField, wildcards, caseOption)
  .map(([name, value, others]): Query => ({ wildcard: { [name]: { value, ...others } } }));

const prefix = fc
  .tuple(stringField, fc.constantFrom(...WORDS, "", "a", "lo", "LO", "F", "日"), caseOption)
  .map(([name, value, others]): Query => ({ prefix: { [name]: { value, ...others } } }));

const flags = fc.constantFrom("ALL", "NONE", "INTERVAL|COMPLEMENT", "ANYSTRING");

const regexp = fc
  .tuple(stringField, lucenePatterns, options({ case_insensitive: fc.boolean(), flags }))
  .map(([name, value, others]): Query => ({ regexp: { [name]: { value, ...others } } }));

const fuzzy = fc
  .tuple(
    stringField,
    fc.constantFrom(...WORDS, "lgoin", "logn", "rot", "alhpa", "fialed"),
    options({
      fuzziness,
      prefix_length: fc.integer({ min: 0, max: 3 }),
      transpositions: fc.boolean(),
      max_expansions: fc.constantFrom(1, 2, 50),
    }),
  )
  .map(([name, value, others]): Query => ({ fuzzy: { [name]: { value, ...others } } }));

const ids = fc
  .array(fc.integer({ min: 0, max: 70 }).map(String), { maxLength: 5 })
  .map((values): Query => ({ ids: { values } }));

const strictness = fc.constantFrom<Query>(
  {},
  { lenient: true },
  { default_field: "o.*", lenient: true },
  { default_field: "*" },
  { fields: ["t1", "k1^2"] },
  { fields: ["l*", "k1"] },
  { fields: ["a*"], lenient: true },
  { fields: ["k3", "n1"] },
  { fields: ["d1", "i1", "b1", "t1"] },
  { default_field: "o.*" },
  ...["t1", "k1", "l1", "d1", "i1"].flatMap((name) => [
    { default_field: name },
    { default_field: name, lenient: true },
  ]),
);

const queryStringOptions = options({
  default_operator: fc.constantFrom("and", "or"),
  analyze_wildcard: fc.boolean(),
  minimum_should_match: minimum,
  phrase_slop: fc.integer({ min: 0, max: 3 }),
  time_zone: zone,
  fuzziness,
});

const queryString = fc
  .tuple(
    queryStrings,
    fc.oneof({ weight: 2, arbitrary: fc.constant<Query>({}) }, { weight: 1, arbitrary: queryStringOptions }),
    strictness,
  )
  .map(([query, others, strict]): Query => ({ query_string: { query, ...others, ...strict } }));

const leaf = fc.oneof(
  { weight: 3, arbitrary: match },
  { weight: 3, arbitrary: phrase },
  { weight: 3, arbitrary: term },
  { weight: 2, arbitrary: terms },
  { weight: 4, arbitrary: range },
  { weight: 1, arbitrary: exists },
  { weight: 2, arbitrary: wildcard },
  { weight: 1, arbitrary: prefix },
  { weight: 2, arbitrary: regexp },
  { weight: 2, arbitrary: fuzzy },
  { weight: 1, arbitrary: ids },
  { weight: 10, arbitrary: queryString },
  { weight: 6, arbitrary: simpleQueryStrings },
  { weight: 1, arbitrary: fc.constantFrom<Query>({ match_all: {} }, { match_none: {} }) },
);

const bool = fc
  .record(
    {
      must: fc.array(leaf, { maxLength: 2 }),
      filter: fc.array(leaf, { maxLength: 2 }),
      should: fc.array(leaf, { maxLength: 3 }),
      must_not: fc.array(leaf, { maxLength: 2 }),
      minimum_should_match: minimum,
    },
    { requiredKeys: [] },
  )
  .map((body): Query => ({ bool: body }));

/**
 * A range of nanoseconds without any document lets the server pass over the clauses beside it. Here that is known by milliseconds only, so that
 * clauses which cannot be read are refused.
 */
const isBetweenNanoseconds = (query: Query): boolean => /"range":\{"n1":\{[^}]*\.123/.test(JSON.stringify(query));

const compound = fc.oneof(
  { weight: 4, arbitrary: bool },
  { weight: 1, arbitrary: leaf.map((filter): Query => ({ constant_score: { filter } })) },
  {
    weight: 1,
    arbitrary: fc.array(leaf, { minLength: 1, maxLength: 3 }).map((queries): Query => ({ dis_max: { queries } })),
  },
);

/** Queries of every kind over every kind of field. */
export const queries: fc.Arbitrary<Query> = fc.oneof(
  { weight: 5, arbitrary: leaf },
  { weight: 1, arbitrary: compound.filter((query) => !isBetweenNanoseconds(query)) },
);
