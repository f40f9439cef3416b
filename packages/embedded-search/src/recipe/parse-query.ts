import {
  type ErrorCause,
  illegalArgument,
  parsingError,
  placed,
  PLACE_MARK,
  ApiError,
  unsupported,
} from "../errors/api-error.ts";
import { isFrozenJson } from "../json/frozen-json.ts";
import { isObject, isScalar, type Json, type JsonObject, tokenOf } from "../json/json.ts";
import { parseMatch, parseMatchPhrase } from "./parse-match-query.ts";
import { parseFuzzy, parsePattern, parsePrefix, parseRegexp } from "./parse-pattern-query.ts";
import { parseQueryString } from "./parse-query-string.ts";
import { parseSimpleQueryString } from "./parse-simple-query-string.ts";
import { parseExists, parseRange, parseTerm, parseTerms } from "./parse-term-query.ts";
import { type BoolQuery, MATCH_ALL, type Query } from "./query.ts";
import { BodyReader } from "./read-body.ts";

type Parser = (body: JsonObject, depth: number) => Query;

/** Depth limit of nested queries, as Elasticsearch's `indices.query.bool.max_nested_depth`. */
const MAX_DEPTH = 30;

/** Queries of Elasticsearch that this store does not support, so that the answer can name them. */
const UNSUPPORTED_QUERIES = new Set(
  "boosting combined_fields distance_feature function_score fuzzy_like_this geo_bounding_box geo_distance geo_grid geo_polygon geo_shape has_child has_parent intervals knn match_bool_prefix match_phrase_prefix more_like_this multi_match nested parent_id percolate pinned rank_feature rule script script_score semantic shape span_containing span_field_masking span_first span_multi span_near span_not span_or span_term span_within sparse_vector terms_set text_expansion weighted_tokens wrapper".split(
    " ",
  ),
);

/**
 * Reads a query of the query DSL.
 *
 * @throws {ApiError} 400 for what is not a query, 501 for queries and options that this store does not support.
 */
export const parseQuery = (json: Json, depth = 0): Query => {
  if (!isObject(json)) throw parsingError("[_na] query malformed, must start with start_object");
  if (!Object.isFrozen(json)) return readQuery(json, depth);
  const known = parsed.get(json);
  if (known !== undefined && depth <= known.depth) return known.query;
  const query = readQuery(json, depth);
  if (isFrozenJson(json)) parsed.set(json, { query, depth });
  return query;
};

/** Queries that can never change, such as the clauses of alerts that ask in each tick, with the depth at which they were read. */
const parsed = new WeakMap<object, { readonly query: Query; readonly depth: number }>();

const readQuery = (json: JsonObject, depth: number): Query => {
  const [first, second] = Object.entries(json);
  if (first === undefined)
    throw placed(illegalArgument(`query malformed, empty clause found at [${PLACE_MARK}]`), json);
  if (depth > MAX_DEPTH) throw tooDeep();
  const [name, body] = first;
  const parser = Object.hasOwn(parsers, name) ? parsers[name] : undefined;
  if (UNSUPPORTED_QUERIES.has(name)) throw unsupported(`The query [${name}]`);
  if (!parser) throw placed(unknownQuery(name), json, name);
  if (!isObject(body))
    throw placed(parsingError(`[${name}] query malformed, no start_object after query name`), json, name);
  const query = parser(body, depth);
  if (second === undefined) return query;
  throw placed(
    parsingError(`[${name}] malformed query, expected [END_OBJECT] but found [FIELD_NAME]`),
    json,
    second[0],
    true,
  );
};

const tooDeep = (): ApiError =>
  illegalArgument(
    `The nested depth of the query exceeds the maximum nested depth for queries set in [indices.query.bool.max_nested_depth]`,
  );

const unknownQuery = (name: string): ApiError =>
  parsingError(`unknown query [${name}]`, {
    type: "named_object_not_found_exception",
    reason: `[${PLACE_MARK}] unknown field [${name}]`,
  });

const parseBool = (body: JsonObject, depth: number): BoolQuery => {
  const reader = new BodyReader("bool", body);
  reader.refuse("_name");
  reader.skip("adjust_pure_negative");
  const clauses = (key: string): readonly Query[] =>
    reader.within(key, () => parseClauses(reader.take(key), depth + 1));
  const query: BoolQuery = {
    kind: "bool",
    must: clauses("must"),
    filter: clauses("filter"),
    should: clauses("should"),
    mustNot: [...clauses("must_not"), ...clauses("mustNot")],
    minimumShouldMatch: reader.text("minimum_should_match"),
    boost: reader.boost(),
  };
  reader.endStrict();
  return query;
};

/** These parsers report it twice: in new words, and as the cause of an old-style error. */
const endAsParsingError = (reader: BodyReader): void => {
  try {
    reader.endStrict();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const outer = parsingError(error.reason, error);
    outer.at = error.at && { ...error.at, detailsAtValue: true };
    throw outer;
  }
};

const parseClauses = (value: Json | undefined, depth: number): readonly Query[] => {
  if (value == null) return [];
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => parseQuery(item, depth));
  return [parseQuery(value, depth)];
};

const parseConstantScore = (body: JsonObject, depth: number): Query => {
  const reader = new BodyReader("constant_score", body);
  reader.refuse("_name");
  const filter = reader.take("filter");
  if (filter === undefined) throw placed(parsingError("[constant_score] requires a 'filter' element"), body);
  const query: Query = { kind: "constant_score", filter: parseQuery(filter, depth + 1), boost: reader.boost() };
  reader.end();
  return query;
};

const parseDisMax = (body: JsonObject, depth: number): Query => {
  const reader = new BodyReader("dis_max", body);
  reader.refuse("_name");
  reader.skip("tie_breaker");
  const queries = parseClauses(reader.take("queries"), depth + 1);
  if (queries.length === 0) throw parsingError("[dis_max] requires 'queries' field with at least one clause");
  const query: Query = { kind: "dis_max", queries, boost: reader.boost() };
  reader.end();
  return query;
};

/** One text is a list of it; other single values are refused. */
const readIds = (body: JsonObject, values: Json | undefined): readonly string[] => {
  if (values === undefined) return [];
  if (typeof values === "string") return [values];
  if (!Array.isArray(values))
    throw idsError(`[ids] values doesn't support values of type: ${tokenOf(values)}`, body, "values");
  const items = values as readonly Json[];
  const wrong = items.findIndex((value) => !isScalar(value));
  if (wrong < 0) return items.flatMap((value) => (isScalar(value) ? [String(value)] : []));
  const token = tokenOf(items[wrong] ?? null);
  const cause =
    token === "VALUE_NULL"
      ? { type: "illegal_argument_exception", reason: `Expected text at ${PLACE_MARK} but found VALUE_NULL` }
      : { type: "illegal_state_exception", reason: `expected value but got [${token}]` };
  throw idsError("[ids] failed to parse field [values]", items, wrong, cause);
};

/** Reported in new words, and again as the cause of an old-style error. */
const idsError = (message: string, holder: object, key: string | number, cause?: ErrorCause): ApiError => {
  const reason = `[${PLACE_MARK}] ${message}`;
  const inner = { type: "x_content_parse_exception", reason, causedBy: cause };
  return placed(parsingError(reason, inner), holder, key);
};

const parseIds = (body: JsonObject): Query => {
  const reader = new BodyReader("ids", body);
  reader.refuse("_name");
  const values = readIds(body, reader.take("values"));
  const query: Query = { kind: "ids", values, boost: reader.boost() };
  endAsParsingError(reader);
  return query;
};

const parsers: Readonly<Record<string, Parser>> = {
  match_all: (body) => {
    const reader = new BodyReader("match_all", body);
    reader.refuse("_name");
    const boost = reader.boost();
    endAsParsingError(reader);
    return { ...MATCH_ALL, boost };
  },
  match_none: (body) => {
    new BodyReader("match_none", body).refuse("_name");
    return { kind: "match_none" };
  },
  bool: parseBool,
  constant_score: parseConstantScore,
  dis_max: parseDisMax,
  term: parseTerm,
  terms: parseTerms,
  range: parseRange,
  exists: parseExists,
  match: parseMatch,
  match_phrase: parseMatchPhrase,
  wildcard: parsePattern,
  prefix: parsePrefix,
  regexp: parseRegexp,
  fuzzy: parseFuzzy,
  ids: parseIds,
  query_string: (body) => parseQueryString(body),
  simple_query_string: (body) => parseSimpleQueryString(body),
};
