import { parsingError, placed, unsupported } from "../errors/api-error.ts";
import type { SearchTarget } from "../hits/scope.ts";
import type { Steps } from "../index/steps.ts";
import type { JsonObject } from "../json/json.ts";
import { executeSearch } from "../search/execute-search.ts";
import { parseSearch, type SearchRequest } from "../search/search-request.ts";
import { expressionOptions } from "./expression-options.ts";
import { readBody } from "./request.ts";
import { type Answer, type Handler, ok, type Route } from "./router.ts";
import { queryParameter } from "./search-api.ts";
import { searchTargets } from "./search-targets.ts";
import { inSlices } from "./slices.ts";

const count: Handler = (request, cluster) => {
  const { parameters, part } = request;
  parameters.skip("preference", "ignore_throttled");
  for (const name of ["min_score", "routing", "terminate_after", "analyzer", "lenient", "analyze_wildcard"])
    if (parameters.text(name) !== undefined) throw unsupported(`The parameter [${name}] of count`);
  const options = expressionOptions(parameters);
  const asked = readBody(request, parseCount);
  const query = queryParameter(parameters) ?? asked.query;
  const targets = searchTargets(part("index"), options, cluster);
  return inSlices(request, counting({ ...asked, query }, targets, cluster.now()));
};

function* counting(asked: SearchRequest, targets: readonly SearchTarget[], nowMs: number): Steps<Answer> {
  const { total, shards } = yield* executeSearch(asked, targets, nowMs);
  return ok({ count: total, _shards: shards });
}

const parseCount = (body: JsonObject): SearchRequest => {
  const unknown = Object.keys(body).find((key) => key !== "query");
  if (unknown !== undefined) throw placed(parsingError(`request does not support [${unknown}]`), body, unknown, true);
  return { ...parseSearch(body), size: 0, totalLimit: Number.POSITIVE_INFINITY };
};

export const countRoutes: readonly Route[] = [
  { methods: ["GET", "POST"], path: "/_count", handler: count },
  { methods: ["GET", "POST"], path: "/{index}/_count", handler: count },
];
