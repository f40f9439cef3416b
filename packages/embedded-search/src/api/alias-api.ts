import type { Cluster } from "../cluster/cluster.ts";
import { checkAliasFree, parseAlias } from "../cluster/index-alias.ts";
import type { ExpressionOptions } from "../cluster/index-expression.ts";
import type { IndexAlias, StoredIndex } from "../cluster/stored-index.ts";
import { illegalArgument, ApiError } from "../errors/api-error.ts";
import { isObject, type Json, type JsonObject, showJson } from "../json/json.ts";
import type { Writable } from "../json/write-json.ts";
import { matchesSimplePattern } from "../text/simple-pattern.ts";
import { expressionOptions } from "./expression-options.ts";
import { objectBody, optionalBody } from "./request.ts";
import { type Handler, ok, type Route } from "./router.ts";

const NAMED: ExpressionOptions = { ignoreUnavailable: false, allowNoIndices: false, expand: "open" };

/** One entry of `actions`, checked before any of them is carried out. */
interface AliasAction {
  readonly type: "add" | "remove" | "remove_index";
  readonly indices: readonly StoredIndex[];
  readonly names: readonly string[];
  readonly options: JsonObject;
  readonly mustExist: boolean;
}

const update: Handler = (request, cluster) => {
  request.parameters.skip("timeout", "master_timeout");
  const { actions } = objectBody(request);
  if (!Array.isArray(actions) || actions.length === 0) throw illegalArgument("No action specified");
  const parsed = (actions as readonly Json[]).map((action) => parseAction(action, cluster));
  const results = parsed.map((action) => missingOf(action));
  const required = parsed.flatMap(({ mustExist }, i) => (mustExist ? (results[i] ?? []) : []));
  if (required.length > 0) throw aliasesMissing(required);
  if (results.every((missing) => missing.length > 0)) throw aliasesMissing(results.flat());
  checkWriteIndices(parsed, cluster);
  // Indices go first, so that an alias can take the name of one.
  for (const action of parsed) if (action.type === "remove_index") perform(action, cluster);
  for (const action of parsed) if (action.type !== "remove_index") perform(action, cluster);
  if (results.every((missing) => missing.length === 0)) return ok({ acknowledged: true, errors: false });
  return ok({
    acknowledged: true,
    errors: true,
    action_results: parsed.map((action, i) => actionResult(action, results[i] ?? [])),
  });
};

const parseAction = (json: Json, cluster: Cluster): AliasAction => {
  const [entry] = isObject(json) ? Object.entries(json) : [];
  if (!entry || !isObject(entry[1])) throw illegalArgument("[aliases] an action must be an object");
  const [type, body] = [entry[0], entry[1]];
  if (type !== "add" && type !== "remove" && type !== "remove_index")
    throw illegalArgument(`[aliases] unknown action [${type}]`);
  const { index, indices, alias, aliases, must_exist: mustExist, ...options } = body;
  const expression = listOf(indices ?? index).join(",");
  if (expression === "") throw illegalArgument("One of [index] or [indices] is required");
  const names = listOf(aliases ?? alias);
  if (names.length === 0 && type !== "remove_index") throw illegalArgument("One of [alias] or [aliases] is required");
  if (type === "remove_index") checkConcrete(expression, cluster);
  const found = cluster.resolve(expression, NAMED).map((resolved) => resolved.index);
  return { type, indices: found, names, options, mustExist: mustExist === true };
};

/** @throws {ApiError} 400 where an alias stands for indices that are to be deleted. */
const checkConcrete = (expression: string, cluster: Cluster): void => {
  const alias = expression.split(",").find((name) => cluster.aliases.has(name));
  if (alias === undefined) return;
  throw illegalArgument(
    `The provided expression [${alias}] matches an alias, specify the corresponding concrete indices instead.`,
  );
};

const listOf = (json: Json | undefined): readonly string[] => {
  if (json === undefined) return [];
  return (Array.isArray(json) ? (json as readonly Json[]) : [json]).map(showJson);
};

/** Names of a remove action that none of its indices has. */
const missingOf = ({ type, names, indices }: AliasAction): readonly string[] => {
  if (type !== "remove") return [];
  const has = (pattern: string): boolean =>
    indices.some((index) => [...index.aliases.keys()].some((name) => matchesSimplePattern(pattern, name)));
  return names.some(has) ? [] : names;
};

const aliasesMissing = (names: readonly string[]): ApiError =>
  new ApiError(404, {
    type: "aliases_not_found_exception",
    reason: `aliases [${names.join(",")}] missing`,
    details: { "resource.type": "aliases", "resource.id": names.join(",") },
  });

const actionResult = ({ type, indices, names }: AliasAction, missing: readonly string[]): Writable => {
  const action = { type, indices: indices.map(({ name }) => name), aliases: names };
  if (missing.length === 0) return { action, status: 200 };
  const { type: kind, reason, details } = aliasesMissing(missing);
  return { action, status: 404, error: { type: kind, reason, ...details } };
};

/** @throws {ApiError} when an alias would have more than one index to write to. */
const checkWriteIndices = (actions: readonly AliasAction[], cluster: Cluster): void => {
  for (const { type, names, indices, options } of actions) {
    if (type !== "add" || options.is_write_index !== true) continue;
    for (const name of names) {
      const others = [...cluster.indices.values()].filter((index) => index.aliases.get(name)?.isWriteIndex === true);
      const all = [...new Set([...others, ...indices].map((index) => index.name))].sort();
      if (all.length > 1 && !actions.some((action) => action.type === "remove" && action.names.includes(name))) {
        const reason = `alias [${name}] has more than one write index [${all.join(",")}]`;
        throw new ApiError(500, { type: "illegal_state_exception", reason });
      }
    }
  }
};

const perform = ({ type, indices, names, options }: AliasAction, cluster: Cluster): void => {
  for (const index of indices)
    if (type === "remove_index") {
      if (cluster.indices.get(index.name) === index) cluster.deleteIndex(index);
    } else if (cluster.indices.get(index.name) !== index) continue;
    else if (type === "add") for (const name of names) addAlias(index, name, parseAlias(name, options), cluster);
    else removeAliases(index, names, cluster);
};

const addAlias = (index: StoredIndex, name: string, alias: IndexAlias, cluster: Cluster): void => {
  checkAliasFree(name, cluster.indices);
  index.aliases.set(name, alias);
  cluster.aliasesChanged(index);
};

const removeAliases = (index: StoredIndex, patterns: readonly string[], cluster: Cluster): boolean => {
  const names = matchingAliases(index, patterns);
  for (const name of names) index.aliases.delete(name);
  if (names.length > 0) cluster.aliasesChanged(index);
  return names.length > 0;
};

const put: Handler = (request, cluster) => {
  request.parameters.skip("timeout", "master_timeout");
  const name = request.part("name");
  const alias = parseAlias(name, optionalBody(request));
  for (const { index } of cluster.resolve(request.part("index"), NAMED)) addAlias(index, name, alias, cluster);
  return ok({ acknowledged: true, errors: false });
};

const remove: Handler = ({ parameters, part }, cluster) => {
  parameters.skip("timeout", "master_timeout");
  const names = part("name").split(",");
  const found = cluster.resolve(part("index"), NAMED);
  const removed = found.filter(({ index }) => removeAliases(index, names, cluster));
  if (removed.length === 0) throw aliasesMissing(names);
  return ok({ acknowledged: true, errors: false });
};

const get: Handler = ({ parameters, part, method }, cluster) => {
  parameters.skip("local", "master_timeout");
  const options = expressionOptions(parameters);
  const patterns = (part("name") || "*").split(",");
  const found = cluster
    .resolve(part("index"), options)
    .map(({ index }) => ({ index, names: matchingAliases(index, patterns) }));
  const missing = patterns.filter((name, i) => {
    if (name.includes("*") || name === "_all" || isExclusion(name, patterns.slice(0, i))) return false;
    return !found.some(({ names }) => names.includes(name));
  });
  const everything = part("name") === "";
  const shown = found
    .filter(({ names }) => everything || names.length > 0)
    .map(
      ({ index, names }) =>
        [
          index.name,
          { aliases: Object.fromEntries(names.map((name) => [name, index.aliases.get(name)?.declared] as const)) },
        ] as const,
    );
  if (missing.length === 0) return ok(Object.fromEntries(shown));
  const many = missing.length > 1 ? "aliases" : "alias";
  const error = `${many} [${missing.join(",")}] missing`;
  return { status: 404, body: method === "HEAD" ? "" : { error, status: 404, ...Object.fromEntries(shown) } };
};

/** Names and patterns in order; with `-` in front, what those before stand for is left out again. */
const matchingAliases = (index: StoredIndex, patterns: readonly string[]): readonly string[] =>
  [...index.aliases.keys()].filter((name) => {
    let isAsked = false;
    for (const [i, pattern] of patterns.entries()) {
      const excludes = isExclusion(pattern, patterns.slice(0, i));
      const asked = excludes ? pattern.slice(1) : pattern;
      if (asked === "_all" || matchesSimplePattern(asked, name)) isAsked = !excludes;
    }
    return isAsked;
  });

/** Only after a pattern `-` excludes; elsewhere it is part of the name. */
const isExclusion = (pattern: string, before: readonly string[]): boolean =>
  pattern.startsWith("-") && before.some((other) => other.includes("*"));

export const aliasRoutes: readonly Route[] = [
  { methods: ["POST"], path: "/_aliases", handler: update },
  { methods: ["GET"], path: "/_alias", handler: get },
  { methods: ["GET", "HEAD"], path: "/_alias/{name}", handler: get },
  { methods: ["GET", "HEAD"], path: "/{index}/_alias", handler: get },
  { methods: ["GET", "HEAD"], path: "/{index}/_alias/{name}", handler: get },
  { methods: ["PUT", "POST"], path: "/{index}/_alias/{name}", handler: put },
  { methods: ["PUT", "POST"], path: "/{index}/_aliases/{name}", handler: put },
  { methods: ["DELETE"], path: "/{index}/_alias/{name}", handler: remove },
  { methods: ["DELETE"], path: "/{index}/_aliases/{name}", handler: remove },
];
