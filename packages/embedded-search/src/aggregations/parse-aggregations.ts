import { illegalArgument, parsingError, placed, PLACE_MARK, type ApiError, unsupported } from "../errors/api-error.ts";
import { isObject, type Json, type JsonObject, tokenOf } from "../json/json.ts";
import { parseQuery } from "../recipe/parse-query.ts";
import { BodyReader } from "../recipe/read-body.ts";
import type { Aggregator, AggregatorFactory, SubAggregations } from "./aggregator.ts";
import { CardinalityAggregator } from "./cardinality.ts";
import { CompositeAggregator } from "./composite.ts";
import { DateHistogramAggregator } from "./date-histogram.ts";
import { FiltersAggregator, type FilterSet } from "./filters.ts";
import { MetricAggregator, type MetricKind } from "./metrics.ts";
import { MultiTermsAggregator } from "./multi-terms.ts";
import { parseComposite } from "./parse-composite.ts";
import { parseDateHistogram } from "./parse-date-histogram.ts";
import { parseMultiTerms } from "./parse-multi-terms.ts";
import { parseTermsOptions } from "./parse-terms.ts";
import { parseTopHits } from "./parse-top-hits.ts";
import { TermsAggregator } from "./terms.ts";
import { TopHitsAggregator } from "./top-hits.ts";

type Parser = (name: string, body: Json, children: SubAggregations) => AggregatorFactory;

const metric =
  (kind: MetricKind): Parser =>
  (name, body, children) => {
    noChildren(kind, name, children);
    const reader = new BodyReader(kind, objectBody(kind, body));
    reader.refuse("script", "format");
    const field = needField(reader);
    const missing = reader.take("missing") === undefined ? undefined : reader.number("missing", 0);
    reader.endStrict();
    return () => new MetricAggregator(kind, field, missing);
  };

/** Aggregations of Elasticsearch that this store does not support. */
const UNSUPPORTED_AGGREGATIONS = new Set(
  "adjacency_matrix auto_date_histogram avg_bucket boxplot bucket_correlation bucket_count_ks_test bucket_script bucket_selector bucket_sort categorize_text change_point children cumulative_cardinality cumulative_sum date_range derivative diversified_sampler extended_stats extended_stats_bucket frequent_item_sets geo_bounds geo_centroid geo_distance geo_line geohash_grid geohex_grid geotile_grid global histogram inference ip_prefix ip_range matrix_stats max_bucket median_absolute_deviation min_bucket missing moving_fn moving_percentiles nested normalize parent percentile_ranks percentiles percentiles_bucket random_sampler range rare_terms rate reverse_nested sampler scripted_metric serial_diff significant_terms significant_text stats_bucket string_stats sum_bucket t_test time_series top_metrics variable_width_histogram weighted_avg".split(
    " ",
  ),
);

/**
 * Reads `aggs` of a search.
 *
 * @throws {ApiError} 400 for what is not an aggregation, 501 for aggregations and options that this store does not support.
 */
export const parseAggregations = (json: Json | undefined): SubAggregations => {
  if (json === undefined) return new Map();
  if (!isObject(json)) throw parsingError("Found two sub aggregation definitions under [aggs]");
  return new Map(Object.entries(json).map(([name, body]) => [name, parseOne(name, body, json)]));
};

const parseOne = (name: string, body: Json, parent: JsonObject): AggregatorFactory => {
  if (!/^[^[\]>]+$/.test(name)) {
    const reason = `Invalid aggregation name [${name}]. Aggregation names can contain any character except '[', ']', and '>'`;
    throw placed(parsingError(reason), parent, name, true);
  }
  if (!isObject(body)) {
    const reason = `Aggregation definition for [${name} starts with a [${tokenOf(body)}], expected a [START_OBJECT].`;
    throw placed(parsingError(reason), parent, name);
  }
  const factory = parseKind(name, body);
  const { meta } = body;
  return isObject(meta) ? () => withMeta(factory(), meta) : factory;
};

const parseKind = (name: string, body: JsonObject): AggregatorFactory => {
  const [kind, second] = Object.keys(body).filter((key) => !["aggs", "aggregations", "meta"].includes(key));
  if (kind === undefined) throw placed(parsingError(`Missing definition for aggregation [${name}]`), body);
  if (UNSUPPORTED_AGGREGATIONS.has(kind)) throw unsupported(`The aggregation [${kind}]`);
  const parser = Object.hasOwn(parsers, kind) ? parsers[kind] : undefined;
  if (!parser) throw placed(unknownKind(kind), body, kind);
  const factory = parser(name, body[kind] ?? null, parseAggregations(body.aggs ?? body.aggregations));
  if (second === undefined) return factory;
  const reason = `Found two aggregation type definitions in [${name}]: [${kind}] and [${second}]`;
  throw placed(parsingError(reason), body, second);
};

/** Adds `meta`, which the request wants back in the answer. */
const withMeta = (aggregator: Aggregator, meta: JsonObject): Aggregator => ({
  segment: (scope) => aggregator.segment(scope),
  result: (bucket) => ({ meta, ...(aggregator.result(bucket) as object) }),
  metric: (bucket, name) => aggregator.metric?.(bucket, name),
});

const unknownKind = (kind: string): ApiError =>
  parsingError(`Unknown aggregation type [${kind}]`, {
    type: "named_object_not_found_exception",
    reason: `[${PLACE_MARK}] unknown field [${kind}]`,
  });

const objectBody = (kind: string, body: Json): JsonObject => {
  if (isObject(body)) return body;
  throw parsingError(`[${kind}] aggregation malformed, expected an object`);
};

const noChildren = (kind: string, name: string, children: SubAggregations): void => {
  if (children.size === 0) return;
  throw illegalArgument(`Aggregator [${name}] of type [${kind}] cannot accept sub-aggregations`);
};

export const needField = (reader: BodyReader): string => {
  const field = reader.text("field");
  if (field !== undefined) return field;
  throw illegalArgument("Required one of fields [field, script], but none were specified.");
};

const filters =
  (set: FilterSet, children: SubAggregations): AggregatorFactory =>
  () =>
    new FiltersAggregator(set, children);

const parseFilters = (body: JsonObject): FilterSet => {
  const reader = new BodyReader("filters", body);
  const declared = reader.take("filters");
  const named = reader.text("other_bucket_key");
  const otherKey = reader.flag("other_bucket", named !== undefined) ? (named ?? "_other_") : undefined;
  reader.refuse("keyed");
  reader.end();
  if (isObject(declared)) {
    const queries = Object.entries(declared).map(([name, query]) => [name, parseQuery(query)] as const);
    return { shape: "keyed", filters: queries, otherKey };
  }
  if (!Array.isArray(declared)) throw illegalArgument("[filters] cannot be empty.");
  const queries = (declared as readonly Json[]).map((query, i) => [String(i), parseQuery(query)] as const);
  return { shape: "list", filters: queries, otherKey };
};

const parseCardinality = (name: string, body: Json, children: SubAggregations): AggregatorFactory => {
  noChildren("cardinality", name, children);
  const reader = new BodyReader("cardinality", objectBody("cardinality", body));
  reader.refuse("script");
  const missing = reader.take("missing");
  reader.skip("precision_threshold", "execution_hint", "rehash");
  const field = needField(reader);
  reader.endStrict();
  return () => new CardinalityAggregator(field, missing);
};

const parsers: Readonly<Record<string, Parser>> = {
  terms: (name, body, children) => {
    const options = parseTermsOptions(name, objectBody("terms", body));
    return () => new TermsAggregator(options, children);
  },
  multi_terms: (name, body, children) => {
    const { terms, options } = parseMultiTerms(name, objectBody("multi_terms", body));
    return () => new MultiTermsAggregator(terms, options, children);
  },
  composite: (_name, body, children) => {
    const { sources, size, after } = parseComposite(objectBody("composite", body));
    return () => new CompositeAggregator(sources, size, after, children);
  },
  date_histogram: (_name, body, children) => {
    const options = parseDateHistogram(objectBody("date_histogram", body));
    return () => new DateHistogramAggregator(options, children);
  },
  filter: (_name, body, children) =>
    filters({ shape: "single", filters: [["filter", parseQuery(body)]], otherKey: undefined }, children),
  filters: (_name, body, children) => filters(parseFilters(objectBody("filters", body)), children),
  cardinality: parseCardinality,
  top_hits: (name, body, children) => {
    noChildren("top_hits", name, children);
    const options = parseTopHits(objectBody("top_hits", body));
    return () => new TopHitsAggregator(name, options);
  },
  min: metric("min"),
  max: metric("max"),
  avg: metric("avg"),
  sum: metric("sum"),
  stats: metric("stats"),
  value_count: metric("value_count"),
};
