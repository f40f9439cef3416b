import { optionalBody } from "../http/request.ts";
import { type Handler, ok, type Route } from "../http/router.ts";
import { parsingError, unsupported } from "../http/store-error.ts";
import { executeSearch } from "../search/execute-search.ts";
import { parseSearch } from "../search/search-request.ts";
import { expressionOptions } from "./expression-options.ts";
import { queryParameter } from "./search-api.ts";
import { searchTargets } from "./search-targets.ts";

const count: Handler = (request, cluster) => {
  const { parameters, part } = request;
  parameters.skip("preference", "ignore_throttled");
  for (const name of ["min_score", "routing", "terminate_after", "analyzer", "lenient", "analyze_wildcard"]) {
    if (parameters.text(name) !== undefined) throw unsupported(`The parameter [${name}] of count`);
  }
  const body = optionalBody(request);
  const unknown = Object.keys(body).find((key) => key !== "query");
  if (unknown !== undefined) throw parsingError(`request does not support [${unknown}]`);
  const options = expressionOptions(parameters);
  const asked = parseSearch({ ...body, size: 0 });
  const query = queryParameter(parameters) ?? asked.query;
  const targets = searchTargets(part("index"), options, cluster);
  const { total, shards } = executeSearch({ ...asked, query }, targets, cluster.now());
  return ok({ count: total, _shards: shards });
};

export const countRoutes: readonly Route[] = [
  { methods: ["GET", "POST"], path: "/_count", handler: count },
  { methods: ["GET", "POST"], path: "/{index}/_count", handler: count },
];
