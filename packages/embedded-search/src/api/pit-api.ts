import { unsupported } from "../errors/api-error.ts";
import { shardCounts } from "../search/shard-counts.ts";
import { validation } from "../search/search-request.ts";
import { expressionOptions } from "./expression-options.ts";
import { objectBody } from "./request.ts";
import { type Handler, ok, type Route } from "./router.ts";
import { keepAlive } from "./search-api.ts";
import { searchTargets } from "./search-targets.ts";

const open: Handler = (request, cluster) => {
  const { parameters, part, body } = request;
  parameters.skip("preference", "allow_partial_search_results", "max_concurrent_shard_requests");
  if (parameters.text("routing") !== undefined) throw unsupported("The parameter [routing] of a point in time");
  if (body.trim() !== "" && Object.keys(objectBody(request)).length > 0)
    throw unsupported("[index_filter] of a point in time");
  const keepAliveMs = keepAlive(parameters.text("keep_alive"));
  if (keepAliveMs === undefined) throw validation("[keep_alive] is not specified");
  const targets = searchTargets(part("index"), expressionOptions(parameters), cluster);
  return ok({ id: cluster.pits.open(targets, keepAliveMs), _shards: shardCounts(targets, []) });
};

const close: Handler = (request, cluster) => {
  const { id } = objectBody(request);
  if (typeof id !== "string") throw validation("id is empty");
  const freed = cluster.pits.close(id);
  return { status: freed > 0 ? 200 : 404, body: { succeeded: freed > 0, num_freed: freed } };
};

export const pitRoutes: readonly Route[] = [
  { methods: ["POST"], path: "/{index}/_pit", handler: open },
  { methods: ["DELETE"], path: "/_pit", handler: close },
];
