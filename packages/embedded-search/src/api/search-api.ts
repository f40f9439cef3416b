import type { Cluster } from "../cluster/cluster.ts";
import type { SearchTarget } from "../hits/scope.ts";
import { parseDuration } from "../dates/duration.ts";
import { illegalArgument, unsupported } from "../errors/api-error.ts";
import { parseSortParameter } from "../hits/sort.ts";
import type { Parameters } from "../http/parameters.ts";
import type { Steps } from "../index/steps.ts";
import { parseQueryString } from "../recipe/parse-query-string.ts";
import { executeSearch } from "../search/execute-search.ts";
import {
  NOT_SHOWN,
  checkFaults,
  parseSearch,
  searchFaults,
  parseTimeout,
  parseTotalLimit,
  type SearchRequest,
  nonNegative,
  validation,
} from "../search/search-request.ts";
import { sourceParameters } from "./document-api.ts";
import { expressionOptions } from "./expression-options.ts";
import { readBody } from "./request.ts";
import { type Answer, type Handler, ok, type Route } from "./router.ts";
import { searchTargets } from "./search-targets.ts";
import { inSlices } from "./slices.ts";

const IGNORED_PARAMETERS = [
  "batched_reduce_size",
  "ccs_minimize_roundtrips",
  "max_concurrent_shard_requests",
  "pre_filter_shard_size",
  "preference",
  "request_cache",
];

const UNSUPPORTED_PARAMETERS = [
  "analyzer",
  "analyze_wildcard",
  "docvalue_fields",
  "explain",
  "include_named_queries_score",
  "lenient",
  "routing",
  "scroll",
  "search_type",
  "stats",
  "stored_fields",
  "suggest_field",
  "terminate_after",
];

const search: Handler = (request, cluster) => {
  const { parameters, part } = request;
  const options = expressionOptions(parameters);
  const asked = withParameters(readBody(request, parseSearch), parameters);
  const totalAsNumber = parameters.flag("rest_total_hits_as_int", false);
  checkFaults(searchFaults(asked, part("index")));
  const targets = (): readonly SearchTarget[] => searchTargets(part("index"), options, cluster);
  return inSlices(request, answering(runSearch(asked, targets, cluster, totalAsNumber)));
};

function* answering(search: Steps<object>): Steps<Answer> {
  return ok(yield* search);
}

/** Runs a search over the targets of its index expression, or at the point in time it names. */
export function* runSearch(
  request: SearchRequest,
  targetsOfExpression: () => readonly SearchTarget[],
  cluster: Cluster,
  totalAsNumber = false,
): Steps<object> {
  const startMs = performance.now();
  if (totalAsNumber) checkTotal(request);
  const targets = request.pit
    ? cluster.pits.use(request.pit.id, keepAlive(request.pit.keepAlive))
    : targetsOfExpression();
  const { shards, hits, aggregations, total, timedOut } = yield* executeSearch(request, targets, cluster.now());
  return {
    pit_id: request.pit?.id,
    took: Math.floor(performance.now() - startMs),
    timed_out: timedOut,
    terminated_early: isExactCount(request, totalAsNumber) ? false : undefined,
    _shards: shards,
    hits: totalAsNumber ? { ...hits, total: request.totalLimit === NOT_SHOWN ? -1 : total } : hits,
    aggregations,
  };
}

/** @throws {ApiError} 400 when the number would not be exact. */
const checkTotal = ({ totalLimit, totalAsked }: SearchRequest): void => {
  if (!totalAsked || totalLimit === NOT_SHOWN || totalLimit === Number.POSITIVE_INFINITY) return;
  throw illegalArgument(
    `[rest_total_hits_as_int] cannot be used if the tracking of total hits is not accurate, got ${totalLimit}`,
  );
};

/** Elasticsearch takes a separate count path when only the exact number is asked for, visible as `terminated_early`. */
const isExactCount = ({ size, aggregations, totalLimit }: SearchRequest, totalAsNumber: boolean): boolean =>
  size === 0 &&
  aggregations.size === 0 &&
  ((totalAsNumber && totalLimit !== NOT_SHOWN) || totalLimit === Number.POSITIVE_INFINITY);

export const keepAlive = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  const durationMs = parseDuration(text);
  if (durationMs !== undefined) return durationMs;
  throw validation(`failed to parse [keep_alive] with value [${text}] as a time value`);
};

/** Parameters in the URL win over the body. */
const withParameters = (request: SearchRequest, parameters: Parameters): SearchRequest => {
  parameters.skip(...IGNORED_PARAMETERS);
  const timeout = parameters.text("timeout");
  for (const name of UNSUPPORTED_PARAMETERS)
    if (parameters.text(name) !== undefined) throw unsupported(`The parameter [${name}] of search`);
  if (parameters.flag("typed_keys", false)) throw unsupported("The parameter [typed_keys] of search");
  const [from, size, sort] = [parameters.text("from"), parameters.text("size"), parameters.text("sort")];
  const total = parameters.text("track_total_hits");
  return {
    ...request,
    query: queryParameter(parameters) ?? request.query,
    from: from === undefined ? request.from : nonNegative("from", from),
    size: size === undefined ? request.size : nonNegative("size", size),
    sort: sort === undefined ? request.sort : [...request.sort, ...parseSortParameter(sort)],
    totalLimit: total === undefined ? request.totalLimit : parseTotalLimit(total),
    totalAsked: total !== undefined || request.totalAsked,
    timeoutMs: timeout === undefined ? request.timeoutMs : parseTimeout(timeout),
    allowPartial: parameters.flag("allow_partial_search_results", true),
    trackScores: parameters.flag("track_scores", request.trackScores),
    fetch: {
      source: sourceParameters(parameters) ?? request.fetch.source,
      version: parameters.flag("version", request.fetch.version),
      sequence: parameters.flag("seq_no_primary_term", request.fetch.sequence),
    },
  };
};

/** `q`: a query string of Lucene's language. */
export const queryParameter = (parameters: Parameters): SearchRequest["query"] | undefined => {
  const query = parameters.text("q");
  const [df, operator] = [parameters.text("df"), parameters.text("default_operator")];
  if (query === undefined) return undefined;
  return parseQueryString({
    query,
    ...(df === undefined ? {} : { default_field: df }),
    ...(operator === undefined ? {} : { default_operator: operator }),
  });
};

export const searchRoutes: readonly Route[] = [
  { methods: ["GET", "POST"], path: "/_search", handler: search },
  { methods: ["GET", "POST"], path: "/{index}/_search", handler: search },
];
