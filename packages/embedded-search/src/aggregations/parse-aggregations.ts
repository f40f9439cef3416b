import { illegalArgument, parsingError, placed, PLACE_MARK, type ApiError, unsupported } from "../errors/api-error.ts";
import { isObject, type Json, type JsonObject, numberOf, showJson, tokenOf } from "../json/json.ts";
import { parseQuery } from "../recipe/parse-query.ts";
import { BodyReader, BY_PARSER } from "../recipe/read-body.ts";
import type { Aggregator, AggregatorFactory, SubAggregations } from "./aggregator.ts";
import { CardinalityAggregator } from "./cardinality.ts";
import { CompositeAggregator } from "./composite.ts";
import { DateHistogramAggregator } from "./date-histogram.ts";
import { FiltersAggregator, type FilterSet } from "./filters.ts";
import { HistogramAggregator } from "./histogram.ts";
import { MetricAggregator, type MetricKind } from "./metrics.ts";
import { MultiTermsAggregator } from "./multi-terms.ts";
import { ONLY_SINGLE } from "./order-path.ts";
import { parseComposite } from "./parse-composite.ts";
import { parseDateHistogram } from "./parse-date-histogram.ts";
import { parseHistogram } from "./parse-histogram.ts";
import { parseMultiTerms } from "./parse-multi-terms.ts";
import { needField, needMissing, parseFormat } from "./parse-ranking.ts";
import { parsePercentiles } from "./parse-percentiles.ts";
import { parseRange } from "./parse-range.ts";
import { parseRareTerms } from "./parse-rare-terms.ts";
import { parseTermsOptions } from "./parse-terms.ts";
import { parseTopHits } from "./parse-top-hits.ts";
import { type PercentileKind, PercentilesAggregator } from "./percentiles.ts";
import { RangeAggregator } from "./range.ts";
import { RareTermsAggregator } from "./rare-terms.ts";
import { TermsAggregator } from "./terms.ts";
import { TopHitsAggregator } from "./top-hits.ts";

/** @param within - The class of Elasticsearch whose buckets it is in, unless that has only one bucket. */
type Parser = (name: string, body: JsonObject, children: SubAggregations, within?: string) => AggregatorFactory;

/** What Elasticsearch calls aggregations with several buckets. */
const PARENTS: ReadonlyMap<string, string> = new Map([
  ["terms", "TermsAggregatorFactory"],
  ["multi_terms", "MultiTermsAggregationFactory"],
  ["composite", "CompositeAggregationFactory"],
  ["date_histogram", "DateHistogramAggregatorFactory"],
  ["histogram", "HistogramAggregatorFactory"],
  ["range", "RangeAggregatorFactory"],
  ["rare_terms", "RareTermsAggregatorFactory"],
  ["filters", "FiltersAggregatorFactory"],
]);

const metric =
  (kind: MetricKind): Parser =>
  (name, body, children) => {
    noChildren(kind, name, children);
    const reader = new BodyReader(kind, body, BY_PARSER);
    reader.refuse("script");
    const field = needField(reader.text("field"));
    const options = { field, missing: needMissing(kind, name, body, reader), format: parseFormat(kind, body, reader) };
    reader.endStrict();
    return () => new MetricAggregator(kind, options);
  };

/** Aggregations of Elasticsearch that this store does not support. */
const UNSUPPORTED_AGGREGATIONS = new Set(
  "adjacency_matrix auto_date_histogram avg_bucket boxplot bucket_correlation bucket_count_ks_test bucket_script bucket_selector bucket_sort categorize_text change_point children cumulative_cardinality cumulative_sum date_range derivative diversified_sampler extended_stats extended_stats_bucket frequent_item_sets geo_bounds geo_centroid geo_distance geo_line geohash_grid geohex_grid geotile_grid global inference ip_prefix ip_range matrix_stats max_bucket median_absolute_deviation min_bucket missing moving_fn moving_percentiles nested normalize parent percentiles_bucket random_sampler rate reverse_nested sampler scripted_metric serial_diff significant_terms significant_text stats_bucket string_stats sum_bucket t_test time_series top_metrics variable_width_histogram weighted_avg".split(
    " ",
  ),
);

/**
 * Reads `aggs` of a search.
 *
 * @throws {ApiError} 400 for what is not an aggregation, 501 for aggregations and options that this store does not support.
 */
export const parseAggregations = (json: Json | undefined, within?: string): SubAggregations => {
  if (json === undefined) return new Map();
  if (!isObject(json)) throw parsingError("Found two sub aggregation definitions under [aggs]");
  return new Map(Object.entries(json).map(([name, body]) => [name, parseOne(name, body, json, within)]));
};

const parseOne = (name: string, body: Json, parent: JsonObject, within: string | undefined): AggregatorFactory => {
  if (!/^[^[\]>]+$/.test(name)) {
    const reason = `Invalid aggregation name [${name}]. Aggregation names can contain any character except '[', ']', and '>'`;
    throw placed(parsingError(reason), parent, name, true);
  }
  if (!isObject(body)) {
    const reason = `Aggregation definition for [${name} starts with a [${tokenOf(body)}], expected a [START_OBJECT].`;
    throw placed(parsingError(reason), parent, name);
  }
  const factory = parseKind(name, body, within);
  const { meta } = body;
  return isObject(meta) ? () => withMeta(factory(), meta) : factory;
};

const parseKind = (name: string, body: JsonObject, within: string | undefined): AggregatorFactory => {
  const [kind, second] = Object.keys(body).filter((key) => !["aggs", "aggregations", "meta"].includes(key));
  if (kind === undefined) throw placed(parsingError(`Missing definition for aggregation [${name}]`), body);
  if (UNSUPPORTED_AGGREGATIONS.has(kind)) throw unsupported(`The aggregation [${kind}]`);
  const parser = Object.hasOwn(parsers, kind) ? parsers[kind] : undefined;
  if (!parser) throw placed(unknownKind(kind), body, kind);
  const declared = body[kind] ?? null;
  if (!isObject(declared)) throw placed(noObject(kind, declared, name), body, kind);
  const parent = PARENTS.get(kind) ?? within;
  const factory = parser(name, declared, parseAggregations(body.aggs ?? body.aggregations, parent), within);
  if (second === undefined) return factory;
  const reason = `Found two aggregation type definitions in [${name}]: [${kind}] and [${second}]`;
  throw placed(parsingError(reason), body, second);
};

/** Adds `meta`, which the request wants back in the answer. */
const withMeta = (aggregator: Aggregator, meta: JsonObject): Aggregator => ({
  segment: (scope) => aggregator.segment(scope),
  result: (bucket) => ({ meta, ...(aggregator.result(bucket) as object) }),
  metric: (bucket, key) => aggregator.metric?.(bucket, key),
  orderProblem: (key, name) => (aggregator.orderProblem ? aggregator.orderProblem(key, name) : ONLY_SINGLE),
  inside: aggregator.inside,
});

const unknownKind = (kind: string): ApiError =>
  parsingError(`Unknown aggregation type [${kind}]`, {
    type: "named_object_not_found_exception",
    reason: `[${PLACE_MARK}] unknown field [${kind}]`,
  });

const noObject = (kind: string, body: Json, name: string): ApiError =>
  parsingError(`Expected [START_OBJECT] under [${kind}], but got a [${tokenOf(body)}] in [${name}]`);

const noChildren = (kind: string, name: string, children: SubAggregations): void => {
  if (children.size === 0) return;
  throw illegalArgument(`Aggregator [${name}] of type [${kind}] cannot accept sub-aggregations`);
};

const percentiles =
  (kind: PercentileKind): Parser =>
  (name, body, children) => {
    noChildren(kind, name, children);
    const options = parsePercentiles(kind, name, body);
    return () => new PercentilesAggregator(kind, options);
  };

const filters =
  (set: FilterSet, children: SubAggregations): AggregatorFactory =>
  () =>
    new FiltersAggregator(set, children);

const parseFilters = (name: string, body: JsonObject): FilterSet => {
  const reader = new BodyReader("filters", body, BY_PARSER);
  const declared = reader.take("filters");
  const named = reader.text("other_bucket_key");
  const otherKey = reader.flag("other_bucket", named !== undefined) ? (named ?? "_other_") : undefined;
  const isKeyed = reader.flag("keyed", true);
  reader.end();
  if (declared !== undefined && (typeof declared !== "object" || declared === null))
    throw placed(parsingError(`Unknown key for a ${tokenOf(declared)} in [${name}]: [filters].`), body, "filters");
  const queries = declared === undefined ? [] : Object.entries<Json>(declared as Readonly<Record<string, Json>>);
  if (queries.length === 0) throw illegalArgument("[filters] cannot be empty.");
  const shape = isObject(declared) ? (isKeyed ? "keyed" : "named") : "list";
  return { shape, filters: queries.map(([key, query]) => [key, parseQuery(query)] as const), otherKey };
};

const parseCardinality = (name: string, body: JsonObject, children: SubAggregations): AggregatorFactory => {
  noChildren("cardinality", name, children);
  const reader = new BodyReader("cardinality", body, BY_PARSER);
  reader.refuse("script");
  const missing = needMissing("cardinality", name, body, reader);
  // Counts are exact, so neither changes them.
  reader.within("precision_threshold", () => checkThreshold(name, reader.take("precision_threshold")));
  reader.skip("execution_hint", "rehash");
  const field = needField(reader.text("field"));
  reader.endStrict();
  return () => new CardinalityAggregator(field, missing);
};

const checkThreshold = (name: string, value: Json | undefined): void => {
  if (value === undefined) return;
  const number = numberOf(value) ?? Number(showJson(value));
  if (Number.isNaN(number)) throw illegalArgument(`For input string: "${showJson(value)}"`);
  if (number < 0)
    throw illegalArgument(`[precisionThreshold] must be greater than or equal to 0. Found [${number}] in [${name}]`);
};

const parsers: Readonly<Record<string, Parser>> = {
  terms: (name, body, children) => {
    const options = parseTermsOptions(name, body);
    return () => new TermsAggregator(options, children);
  },
  multi_terms: (name, body, children) => {
    const { terms, options } = parseMultiTerms(name, body);
    return () => new MultiTermsAggregator(terms, options, children);
  },
  composite: (name, body, children, within) => {
    const options = { name, within, ...parseComposite(body) };
    return () => new CompositeAggregator(options, children);
  },
  date_histogram: (name, body, children) => {
    const options = parseDateHistogram(name, body);
    return () => new DateHistogramAggregator(options, children);
  },
  histogram: (name, body, children) => {
    const options = parseHistogram(name, body);
    return () => new HistogramAggregator(options, children);
  },
  range: (name, body, children) => {
    const options = parseRange(name, body);
    return () => new RangeAggregator(options, children);
  },
  rare_terms: (name, body, children) => {
    const options = parseRareTerms(name, body);
    return () => new RareTermsAggregator(options, children);
  },
  percentiles: percentiles("percentiles"),
  percentile_ranks: percentiles("percentile_ranks"),
  filter: (_name, body, children) =>
    filters({ shape: "single", filters: [["filter", parseQuery(body)]], otherKey: undefined }, children),
  filters: (name, body, children) => filters(parseFilters(name, body), children),
  cardinality: parseCardinality,
  top_hits: (name, body, children) => {
    noChildren("top_hits", name, children);
    const options = parseTopHits(name, body);
    return () => new TopHitsAggregator(name, options);
  },
  min: metric("min"),
  max: metric("max"),
  avg: metric("avg"),
  sum: metric("sum"),
  stats: metric("stats"),
  value_count: metric("value_count"),
};
