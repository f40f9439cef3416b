import { parseAliases } from "../cluster/index-alias.ts";
import { isNormalizerSetting } from "../cluster/index-analysis.ts";
import { parseSettings, settingsTree } from "../cluster/index-settings.ts";
import type { SettingValue } from "../cluster/setting-value.ts";
import type { StoredIndex } from "../cluster/stored-index.ts";
import { illegalArgument, indexNotFound, ApiError } from "../errors/api-error.ts";
import { isObject } from "../json/json.ts";
import { checkReferences } from "../mapping/check-mapping.ts";
import { readMapping } from "../document/read-mapping.ts";
import { expressionOptions } from "./expression-options.ts";
import { objectBody, optionalBody } from "./request.ts";
import { type Handler, ok, type Route } from "./router.ts";

/** Parameters that say how long to wait for other nodes; there are none. */
const IGNORED_PARAMETERS = ["timeout", "master_timeout", "wait_for_active_shards", "local"];

const create: Handler = (request, cluster) => {
  request.parameters.skip(...IGNORED_PARAMETERS);
  const body = optionalBody(request);
  const unknown = Object.keys(body).find((key) => !["settings", "mappings", "aliases"].includes(key));
  if (unknown !== undefined)
    throw new ApiError(400, { type: "parse_exception", reason: `unknown key [${unknown}] for create index` });
  const { mappings } = body;
  const name = request.part("index");
  cluster.createIndex(name, {
    settings: parseSettings(body.settings),
    mappings: isObject(mappings) ? mappings : undefined,
    aliases: parseAliases(body.aliases),
  });
  return ok({ acknowledged: true, shards_acknowledged: true, index: name });
};

const remove: Handler = ({ parameters, part }, cluster) => {
  parameters.skip(...IGNORED_PARAMETERS);
  const options = expressionOptions(parameters);
  const expression = part("index");
  if (expression === "_all" || expression.includes("*"))
    throw illegalArgument("Wildcard expressions or all indices are not allowed");
  const alias = expression.split(",").find((name) => cluster.aliases.has(name));
  if (alias !== undefined)
    throw illegalArgument(
      `The provided expression [${alias}] matches an alias, specify the corresponding concrete indices instead.`,
    );
  for (const { index } of cluster.resolve(expression, options)) cluster.deleteIndex(index);
  return ok({ acknowledged: true });
};

const exists: Handler = ({ parameters, part }, cluster) => {
  parameters.skip(...IGNORED_PARAMETERS, "flat_settings", "include_defaults");
  const options = expressionOptions(parameters);
  try {
    cluster.resolve(part("index"), options);
    return { status: 200, body: "" };
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return { status: 404, body: "" };
    throw error;
  }
};

const indexSettings = (index: StoredIndex): [string, SettingValue][] => [
  ["index.routing.allocation.include._tier_preference", "data_content"],
  ...[...index.settings].filter(([name]) => name !== "index.number_of_shards" && name !== "index.number_of_replicas"),
  ["index.number_of_shards", String(index.shards)],
  ["index.provided_name", index.name],
  ["index.creation_date", String(index.createdMs)],
  ["index.number_of_replicas", String(index.replicas)],
  ["index.uuid", index.uuid],
  ["index.version.created", "9111000"],
];

export const aliasesJson = (index: StoredIndex): object =>
  Object.fromEntries([...index.aliases].map(([name, { declared }]) => [name, declared]));

const get: Handler = ({ parameters, part }, cluster) => {
  parameters.skip(...IGNORED_PARAMETERS, "include_defaults");
  const flat = parameters.flag("flat_settings", false);
  const options = expressionOptions(parameters);
  const wanted = (parameters.text("features") ?? "aliases,mappings,settings").split(",");
  const shown = cluster.resolve(part("index"), options).map(({ index }) => {
    const parts = {
      aliases: aliasesJson(index),
      mappings: index.mappingJson(),
      settings: flat ? Object.fromEntries(indexSettings(index)) : settingsTree(indexSettings(index)),
    };
    return [index.name, Object.fromEntries(Object.entries(parts).filter(([name]) => wanted.includes(name)))] as const;
  });
  return ok(Object.fromEntries(shown));
};

const getSettings: Handler = ({ parameters, part }, cluster) => {
  parameters.skip(...IGNORED_PARAMETERS, "include_defaults");
  const flat = parameters.flag("flat_settings", false);
  const options = expressionOptions(parameters);
  const shown = cluster.resolve(part("index"), options).map(({ index }) => {
    const settings = indexSettings(index);
    return [index.name, { settings: flat ? Object.fromEntries(settings.sort()) : settingsTree(settings) }] as const;
  });
  return ok(Object.fromEntries(shown));
};

const REOPEN = "You can either resubmit the update with `?reopen=true`, or create";

/** Settings that only a new index can have, and how the message about them goes on. */
const FIXED_SETTINGS: ReadonlyMap<string, string> = new Map([
  [
    "index.number_of_shards",
    "The setting(s) [[index.number_of_shards]] cannot be modified on an index once it is created. You will need to create",
  ],
  ["index.mapping.ignore_malformed", REOPEN],
]);

const putSettings: Handler = (request, cluster) => {
  request.parameters.skip(...IGNORED_PARAMETERS, "preserve_existing", "reopen");
  const options = expressionOptions(request.parameters);
  const body = objectBody(request);
  const settings = parseSettings(body.settings ?? body);
  const indices = cluster.resolve(request.part("index"), options);
  const fixed = [...settings.keys()].find((name) => FIXED_SETTINGS.has(name) || isNormalizerSetting(name));
  if (fixed !== undefined) {
    const names = indices.map(({ index }) => `[${index.name}/${index.uuid}]`).join(", ");
    throw illegalArgument(
      `Can't update non dynamic setting(s) [[${fixed}]] for open indices [${names}]. ${FIXED_SETTINGS.get(fixed) ?? REOPEN} a new index with the desired setting(s) and reindex your data. See https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-reindex`,
    );
  }
  for (const { index } of indices) {
    index.settings = new Map([...index.settings, ...settings]);
    index.save();
  }
  return ok({ acknowledged: true });
};

const getMapping: Handler = ({ parameters, part }, cluster) => {
  parameters.skip(...IGNORED_PARAMETERS);
  const options = expressionOptions(parameters);
  const found = cluster.resolve(part("index"), options);
  return ok(Object.fromEntries(found.map(({ index }) => [index.name, { mappings: index.mappingJson() }])));
};

const putMapping: Handler = (request, cluster) => {
  request.parameters.skip(...IGNORED_PARAMETERS, "write_index_only");
  const options = expressionOptions(request.parameters);
  const body = objectBody(request);
  const found = cluster.resolve(request.part("index"), options);
  if (found.length === 0) throw indexNotFound(request.part("index"));
  const updates = found.map(
    ({ index }) => [index, readMapping(body, index.mapping.root, index.mapping.normalizers)] as const,
  );
  for (const [index, update] of updates) checkReferences(index.mapping.merge(update));
  for (const [index, update] of updates) index.putMapping(update);
  return ok({ acknowledged: true });
};

const refresh: Handler = ({ parameters, part }, cluster) => {
  const found = cluster.resolve(part("index"), expressionOptions(parameters));
  let total = 0;
  let successful = 0;
  for (const { index } of found) {
    index.refresh();
    total += index.shards * (1 + index.replicas);
    successful += index.shards;
  }
  return ok({ _shards: { total, successful, failed: 0 } });
};

export const indexRoutes: readonly Route[] = [
  { methods: ["PUT"], path: "/{index}", handler: create },
  { methods: ["DELETE"], path: "/{index}", handler: remove },
  { methods: ["HEAD"], path: "/{index}", handler: exists },
  { methods: ["GET"], path: "/{index}", handler: get },
  { methods: ["GET"], path: "/_settings", handler: getSettings },
  { methods: ["GET"], path: "/{index}/_settings", handler: getSettings },
  { methods: ["PUT"], path: "/{index}/_settings", handler: putSettings },
  { methods: ["GET"], path: "/_mapping", handler: getMapping },
  { methods: ["GET"], path: "/{index}/_mapping", handler: getMapping },
  { methods: ["PUT", "POST"], path: "/{index}/_mapping", handler: putMapping },
  { methods: ["GET", "POST"], path: "/_refresh", handler: refresh },
  { methods: ["GET", "POST"], path: "/{index}/_refresh", handler: refresh },
  { methods: ["GET", "POST"], path: "/_flush", handler: refresh },
  { methods: ["GET", "POST"], path: "/{index}/_flush", handler: refresh },
];
