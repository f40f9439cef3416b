import fc from "fast-check";
import {
  ADDRESSES,
  BOOLEANS,
  DATES,
  DECIMALS,
  INTEGERS,
  keywords,
  NANOS,
  NETWORKS,
  POINTS,
  sentence,
  WORDS,
} from "./vocabulary.ts";

/** A field of the generated mappings: how it is declared, what documents hold in it, and what queries ask for. */
export interface FieldKind {
  readonly name: string;
  /** Declarations to choose from. */
  readonly mappings: readonly object[];
  readonly values: fc.Arbitrary<unknown>;
  readonly questions: fc.Arbitrary<unknown>;
}

const from = (values: readonly unknown[]): fc.Arbitrary<unknown> => fc.constantFrom(...values);
const RAW = { fields: { raw: { type: "keyword" } } };
const SOME_DATES = [
  "2020||/y",
  "2020-01-15||+1d/d",
  "now",
  "now-1d/d",
  "2020-01-15||/M",
  "2020-03-29T02:30||/h",
  "2020-10-25||+3h/h",
  "2020-11-01T01:30||/d",
  "2018-11-04||-1d/d",
];

/** All kinds of fields; a mapping has some of them. */
export const fieldKinds: readonly FieldKind[] = [
  { name: "t1", mappings: [{ type: "text" }], values: sentence, questions: fc.oneof(sentence, from(WORDS)) },
  {
    name: "t2",
    mappings: [
      { type: "text", ...RAW },
      { type: "text", analyzer: "standard" },
    ],
    values: sentence,
    questions: from(WORDS),
  },
  { name: "k1", mappings: [{ type: "keyword" }], values: from(keywords), questions: from(keywords) },
  {
    name: "k2",
    mappings: [
      { type: "keyword", ignore_above: 4 },
      { type: "keyword", null_value: "alpha" },
      { type: "keyword", fields: { text: { type: "text" } } },
    ],
    values: from([...keywords, 5, 1.5, true]),
    questions: from(keywords),
  },
  { name: "l1", mappings: [{ type: "long" }], values: from(INTEGERS), questions: from([...INTEGERS, 1.5, "x"]) },
  {
    name: "l2",
    mappings: [{ type: "integer" }, { type: "long", ignore_malformed: true }, { type: "long", coerce: false }],
    values: from(INTEGERS),
    questions: from(INTEGERS),
  },
  {
    name: "l3",
    mappings: [{ type: "short" }, { type: "byte" }],
    values: from([0, 1, 2, 5, 22, -5, 127, "5", "22", 5.7]),
    questions: from(INTEGERS),
  },
  { name: "f1", mappings: [{ type: "double" }], values: from(DECIMALS), questions: from([...DECIMALS, "x"]) },
  { name: "f2", mappings: [{ type: "float" }], values: from(DECIMALS), questions: from(DECIMALS) },
  { name: "b1", mappings: [{ type: "boolean" }], values: from(BOOLEANS), questions: from([...BOOLEANS, "yes", 1]) },
  { name: "d1", mappings: [{ type: "date" }], values: from(DATES), questions: from([...DATES, ...SOME_DATES, "soon"]) },
  {
    name: "d2",
    mappings: [
      { type: "date", format: "yyyy-MM-dd||epoch_second" },
      { type: "date", format: "strict_date_optional_time" },
      { type: "date", format: "date||week_date||epoch_second" },
      { type: "date", format: "yyyy-MM-dd||dd/MMM/yyyy:HH:mm:ss Z||yyyy-DDD" },
    ],
    values: from(["2020-01-15", "2020-02-29", "1579082400", "2019-12-31"]),
    questions: from([
      "2020-01-15",
      "2020-01-15||+1M",
      "1579082400",
      "2020",
      "2020-W03-2",
      "15/Jan/2020:10:00:00 +0000",
      1_579_082_400.5,
    ]),
  },
  {
    name: "i1",
    mappings: [{ type: "ip" }],
    values: from(ADDRESSES),
    questions: from([...ADDRESSES, ...NETWORKS, "x"]),
  },
  {
    name: "k3",
    mappings: [
      { type: "keyword", normalizer: "lowercase" },
      { type: "keyword", normalizer: "low", ignore_above: 6 },
      { type: "keyword", normalizer: "same" },
    ],
    values: from(keywords),
    questions: from(keywords),
  },
  {
    name: "n1",
    mappings: [
      { type: "date_nanos" },
      { type: "date_nanos", format: "strict_date_optional_time||epoch_millis", ignore_malformed: true },
      { type: "date_nanos", null_value: "2020-01-15T10:00:00.000000001Z" },
    ],
    values: from(NANOS),
    questions: from([...NANOS, ...SOME_DATES, "1960-01-01", "2300"]),
  },
  // Its values go on to other fields, one of them left to dynamic mapping.
  {
    name: "c1",
    mappings: [
      { type: "keyword", copy_to: ["c2"] },
      { type: "text", copy_to: ["c2", "o.copied"] },
    ],
    values: from(WORDS),
    questions: from(WORDS),
  },
  {
    name: "c2",
    mappings: [{ type: "text" }, { type: "keyword", normalizer: "lowercase" }],
    values: from(WORDS),
    questions: from(WORDS),
  },
  { name: "g1", mappings: [{ type: "geo_point" }], values: from(POINTS), questions: from(WORDS) },
  { name: "o.x", mappings: [{ type: "keyword" }], values: from(keywords), questions: from(keywords) },
  { name: "o.y", mappings: [{ type: "text" }], values: sentence, questions: from(WORDS) },
  {
    name: "o.n",
    mappings: [{ type: "long" }, { type: "double" }],
    values: from([1, 2, 3]),
    questions: from([1, 2, 2.5]),
  },
  // Left to dynamic mapping: never declared.
  { name: "dynamic", mappings: [], values: from(["text of it", "2020-01-15", "other"]), questions: from(WORDS) },
  { name: "dynumber", mappings: [], values: from([1, 2, 3]), questions: from([1, 2]) },
];
