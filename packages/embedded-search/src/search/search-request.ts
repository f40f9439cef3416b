import type { SubAggregations } from "../aggregations/aggregator.ts";
import { parseAggregations } from "../aggregations/parse-aggregations.ts";
import { illegalArgument, parsingError, placed, ApiError, unsupported } from "../errors/api-error.ts";
import type { FetchOptions } from "../hits/fetch.ts";
import { parseSourceFilter } from "../hits/parse-source-filter.ts";
import { parseSort, type SortField } from "../hits/sort.ts";
import { keepingFrozen } from "../json/frozen-json.ts";
import { isObject, isScalar, type Json, type JsonObject, numberOf, showJson, tokenOf } from "../json/json.ts";
import { parseQuery } from "../recipe/parse-query.ts";
import { MATCH_ALL, type Query } from "../recipe/query.ts";
import { parseTimeValue } from "./time-value.ts";
import { toNumber } from "../recipe/read-body.ts";

/** A search as requested, validated and complete. */
export interface SearchRequest {
  readonly query: Query;
  /** Applies to hits but not to aggregations. */
  readonly postFilter: Query | undefined;
  /** Whether what could not be searched may be missing in the answer. */
  readonly allowPartial: boolean;
  /** After which time the answer is what was found until then, in milliseconds; undefined = it is complete, however long that takes. */
  readonly timeoutMs: number | undefined;
  readonly from: number;
  readonly size: number;
  readonly sort: readonly SortField[];
  readonly after: readonly Json[] | undefined;
  readonly fetch: FetchOptions;
  /** Up to which count the total is exact; -1 = not shown at all. */
  readonly totalLimit: number;
  /** Was that limit asked for? */
  readonly totalAsked: boolean;
  readonly trackScores: boolean;
  readonly aggregations: SubAggregations;
  /** Do aggregations show values that no document has which is found? */
  readonly showsUnseen: boolean;
  readonly pit: PitReference | undefined;
  /** Aggregations have buckets of documents that the query does not match, so every index is asked. */
  readonly visitsAll: boolean;
}

/** The point in time to search at. */
export interface PitReference {
  readonly id: string;
  readonly keepAlive: string | undefined;
}

/** Hits counted exactly by default. */
const DEFAULT_TOTAL_LIMIT = 10_000;

const UNSUPPORTED_OPTIONS = new Set(
  "collapse docvalue_fields explain ext fields highlight indices_boost knn min_score profile rank rescore retriever runtime_mappings script_fields slice stats stored_fields suggest terminate_after".split(
    " ",
  ),
);

const readSort = keepingFrozen(parseSort);
const readAggregations = keepingFrozen(parseAggregations);

const isTrue = (value: Json): boolean => value === true || value === "true";

type Reader = (draft: Draft, value: Json, body: JsonObject) => void;
type Draft = { -readonly [Key in keyof SearchRequest]: SearchRequest[Key] };

const readers: Readonly<Record<string, Reader>> = {
  query: (draft, value, body) => void (draft.query = parseQuery(needObject("query", value, body))),
  post_filter: (draft, value) => void (draft.postFilter = parseQuery(value)),
  from: (draft, value) => void (draft.from = nonNegative("from", value)),
  size: (draft, value) => void (draft.size = nonNegative("size", value)),
  sort: (draft, value) => void (draft.sort = readSort(value)),
  search_after: (draft, value, body) => void (draft.after = parseAfter(value, body)),
  _source: (draft, value, body) => void (draft.fetch = { ...draft.fetch, source: parseSourceFilter(value, body) }),
  version: (draft, value) => void (draft.fetch = { ...draft.fetch, version: isTrue(value) }),
  seq_no_primary_term: (draft, value) => void (draft.fetch = { ...draft.fetch, sequence: isTrue(value) }),
  track_total_hits: (draft, value) => void (draft.totalLimit = parseTotalLimit(value)),
  track_scores: (draft, value) => void (draft.trackScores = isTrue(value)),
  aggs: (draft, value) => readAllAggregations(draft, value),
  aggregations: (draft, value) => readAllAggregations(draft, value),
  pit: (draft, value) => void (draft.pit = parsePit(value)),
  timeout: (draft, value, body) => void (draft.timeoutMs = readTimeout(value, body)),
};

const readAllAggregations = (draft: Draft, value: Json): void => {
  draft.aggregations = readAggregations(value);
  draft.showsUnseen = asksForUnseen(value);
};

const readTimeout = (value: Json, body: JsonObject): number | undefined => {
  if (!isScalar(value))
    throw placed(parsingError(`Unknown key for a ${tokenOf(value)} in [timeout].`), body, "timeout");
  return parseTimeout(String(value));
};

/** @returns Milliseconds; undefined for no limit. */
export const parseTimeout = (text: string): number | undefined => {
  const timeoutMs = parseTimeValue("timeout", text);
  return timeoutMs < 0 ? undefined : timeoutMs;
};

/** Says `min_doc_count: 0` anywhere. */
const asksForUnseen = keepingFrozen((value: Json): boolean => {
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(
    ([key, inner]: readonly [string, Json]) =>
      (key === "min_doc_count" && Number(showJson(inner)) === 0) || asksForUnseen(inner),
  );
});

/**
 * Reads the body of a search.
 *
 * @throws {ApiError} 400 for unknown keys and wrong values, 501 for what this store does not support; both name it.
 */
export const parseSearch = (body: JsonObject): SearchRequest => {
  const draft: Draft = {
    query: MATCH_ALL,
    postFilter: undefined,
    allowPartial: true,
    timeoutMs: undefined,
    from: 0,
    size: 10,
    sort: [],
    after: undefined,
    fetch: { source: parseSourceFilter(undefined), version: false, sequence: false },
    totalLimit: DEFAULT_TOTAL_LIMIT,
    totalAsked: body.track_total_hits !== undefined,
    trackScores: false,
    aggregations: new Map(),
    showsUnseen: false,
    pit: undefined,
    visitsAll: hasEmptyBuckets(body.aggs ?? body.aggregations),
  };
  for (const [key, value] of Object.entries(body)) readKey(draft, key, value, body);
  return draft;
};

/** What does not fit together in a search. @param index - The expression it is sent to. */
export const searchFaults = ({ after, from, pit }: SearchRequest, index: string): readonly string[] => [
  ...(after && from > 0 ? ["[from] parameter must be set to 0 when [search_after] is used"] : []),
  ...(pit && index !== ""
    ? ["[indices] cannot be used with point in time. Do not specify any index with point in time."]
    : []),
];

/** All faults at once, numbered, as Elasticsearch lists them. @throws {ApiError} 400 when there are any. */
export const checkFaults = (faults: readonly string[]): void => {
  if (faults.length === 0) return;
  throw validation(faults.map((fault, i) => (i === 0 ? fault : `${i + 1}: ${fault}`)).join(";"));
};

const hasEmptyBuckets = (aggregations: Json | undefined): boolean =>
  isObject(aggregations) &&
  Object.values(aggregations).some(
    (one) => isObject(one) && isObject(one.terms) && numberOf(one.terms.min_doc_count) === 0,
  );

const readKey = (draft: Draft, key: string, value: Json, body: JsonObject): void => {
  if (UNSUPPORTED_OPTIONS.has(key)) throw unsupported(`The search option [${key}]`);
  const reader = Object.hasOwn(readers, key) ? readers[key] : undefined;
  if (!reader || value === null)
    throw placed(parsingError(`Unknown key for a ${tokenOf(value)} in [${key}].`), body, key);
  reader(draft, value, body);
};

export const validation = (reason: string): ApiError =>
  new ApiError(400, { type: "action_request_validation_exception", reason: `Validation Failed: 1: ${reason};` });

const needObject = (key: string, value: Json, body: JsonObject): Json => {
  if (isObject(value)) return value;
  throw placed(parsingError(`Unknown key for a ${tokenOf(value)} in [${key}].`), body, key);
};

export const nonNegative = (key: string, value: Json): number => {
  const number = Math.trunc(toNumber(value));
  if (number >= 0) return number;
  const found = key === "from" ? `but was [${number}]` : `found [${number}]`;
  throw illegalArgument(`[${key}] parameter cannot be negative${key === "from" ? "" : ","} ${found}`);
};

const parseAfter = (value: Json, body: JsonObject): readonly Json[] => {
  if (!Array.isArray(value))
    throw placed(parsingError(`Unknown key for a ${tokenOf(value)} in [search_after].`), body, "search_after");
  const items = value as readonly Json[];
  if (items.length === 0) throw illegalArgument("Values must contains at least one value.");
  const wrong = items.findIndex((item) => item !== null && !isScalar(item));
  if (wrong < 0) return items;
  const token = tokenOf(items[wrong] ?? null);
  const reason = `Expected [VALUE_STRING] or [VALUE_NUMBER] or [VALUE_BOOLEAN] or [VALUE_NULL] but found [${token}] inside search_after.`;
  throw placed(parsingError(reason), items, wrong);
};

/** The limit of a total that is not wanted. */
export const NOT_SHOWN = -1;

/** `true` = exact, `false` = not shown, a number = exact up to it. */
export const parseTotalLimit = (value: Json): number => {
  if (value === true || value === "true") return Number.POSITIVE_INFINITY;
  if (value === false || value === "false") return NOT_SHOWN;
  const limit = Math.trunc(toNumber(value));
  if (limit === NOT_SHOWN) return NOT_SHOWN;
  if (limit < 0) throw illegalArgument(`[track_total_hits] parameter must be positive or equals to -1, got ${limit}`);
  return limit;
};

const parsePit = (value: Json): PitReference => {
  if (!isObject(value) || typeof value.id !== "string") throw illegalArgument("point in time id is not provided");
  const unknown = Object.keys(value).find((key) => key !== "id" && key !== "keep_alive");
  if (unknown !== undefined) throw parsingError(`[pit] unknown field [${unknown}]`);
  return { id: value.id, keepAlive: value.keep_alive === undefined ? undefined : showJson(value.keep_alive) };
};
