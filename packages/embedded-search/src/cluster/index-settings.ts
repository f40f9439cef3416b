import type { DocumentLimits } from "../document/document-limits.ts";
import { illegalArgument, unsupported } from "../errors/api-error.ts";
import { isObject, type Json, type JsonObject, showJson } from "../json/json.ts";
import { isNormalizerSetting } from "./index-analysis.ts";
import type { IndexSettings, SettingValue } from "./setting-value.ts";
import { didYouMean } from "../text/did-you-mean.ts";

/** Settings that this store follows. */
const FOLLOWED_SETTINGS = new Set([
  "index.number_of_shards",
  "index.refresh_interval",
  "index.mapping.total_fields.limit",
  "index.mapping.total_fields.ignore_dynamic_beyond_limit",
  "index.mapping.ignore_malformed",
  "index.analyze.max_token_count",
]);

/** Settings that are kept and shown but have no effect in a store of one process. */
const KEPT_SETTINGS =
  /^index\.(?:number_of_replicas|auto_expand_replicas|codec|creation_date|uuid|provided_name|version\.created|priority|gc_deletes|lifecycle\..+|routing\..+|search\..+|indexing\..+|translog\..+|merge\..+|store\..+|unassigned\..+|mapping\.(?:nested_fields\.limit|nested_objects\.limit))$/;

/** Names to suggest when one is misspelt. */
const wellKnown = [
  ...FOLLOWED_SETTINGS,
  "index.number_of_replicas",
  "index.codec",
  "index.mode",
  "index.hidden",
  "index.priority",
];

/** Settings that would change answers and are not supported. */
const UNSUPPORTED_SETTINGS =
  /^index\.(?:analysis\.|sort\.|default_pipeline|final_pipeline|mode|mapping\.(?:coerce|source|depth|field_name_length)|blocks\.|similarity|soft_deletes|hidden|max_|query\.)/;

/** @throws {ApiError} 400 for unknown settings and bad values, 501 for settings that this store does not support. */
export const parseSettings = (json: Json | undefined): IndexSettings => {
  if (json === undefined || json === null) return new Map();
  if (!isObject(json)) throw illegalArgument("settings must be an object");
  const settings = new Map<string, SettingValue>();
  flatten(json, "", settings);
  const named = [...settings].map(
    ([name, value]) => [name.startsWith("index.") ? name : `index.${name}`, value] as const,
  );
  for (const [name, value] of named) checkSetting(name, value);
  return new Map(named);
};

const flatten = (json: JsonObject, parent: string, settings: Map<string, SettingValue>): void => {
  for (const [key, value] of Object.entries(json)) {
    const name = parent === "" ? key : `${parent}.${key}`;
    if (isObject(value)) flatten(value, name, settings);
    else settings.set(name, Array.isArray(value) ? (value as readonly Json[]).map(showJson) : showJson(value));
  }
};

const checkSetting = (name: string, value: SettingValue): void => {
  if (isNormalizerSetting(name)) return;
  if (UNSUPPORTED_SETTINGS.test(name)) throw unsupported(`The index setting [${name}]`);
  if (name === "index.number_of_shards" || name === "index.analyze.max_token_count") checkCount(name, value);
  if (FLAGS.has(name)) checkFlag(name, value);
  if (FOLLOWED_SETTINGS.has(name) || KEPT_SETTINGS.test(name)) return;
  const guess = didYouMean(name, wellKnown, 0.7);
  const advice =
    " please check that any required plugins are installed, or check the breaking changes documentation for removed settings";
  throw illegalArgument(`unknown setting [${name}]${guess === "" ? advice : guess}`);
};

/** Settings that are on or off. */
const FLAGS = new Set(["index.mapping.total_fields.ignore_dynamic_beyond_limit", "index.mapping.ignore_malformed"]);

const checkFlag = (name: string, value: SettingValue): void => {
  if (value === "true" || value === "false") return;
  throw illegalArgument(`Failed to parse value [${String(value)}] as only [true] or [false] are allowed.`);
};

const checkCount = (name: string, value: SettingValue): void => {
  const count = Number(value);
  const failed = `Failed to parse value [${String(value)}] for setting [${name}]`;
  if (!Number.isInteger(count))
    throw illegalArgument(failed, { type: "number_format_exception", reason: `For input string: "${String(value)}"` });
  if (count < 1) throw illegalArgument(`${failed} must be >= 1`);
};

/** What the settings say about reading documents. */
export const documentLimits = (settings: IndexSettings): DocumentLimits => ({
  fields: Number(settings.get("index.mapping.total_fields.limit") ?? 1000),
  ignoresFieldsBeyond: settings.get("index.mapping.total_fields.ignore_dynamic_beyond_limit") === "true",
  ignoresMalformed: settings.get("index.mapping.ignore_malformed") === "true",
});

/** Milliseconds after which writes become visible without a refresh; undefined = never. Default 1 s. */
export const refreshIntervalMs = (settings: IndexSettings): number | undefined => {
  const value = String(settings.get("index.refresh_interval") ?? "1s");
  const match = /^(\d{1,12})(ms|s|m|h|d)?$/.exec(value);
  const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
  return match ? Number(match[1]) * (units[match[2] ?? "ms"] ?? 1) : undefined;
};

/** As a tree, the way Elasticsearch shows them. */
export const settingsTree = (settings: Iterable<readonly [string, SettingValue]>): object => {
  const root = new Map<string, unknown>();
  for (const [name, value] of settings) {
    const path = name.split(".");
    const last = path.pop() ?? name;
    let node = root;
    for (const key of path) {
      const next = node.get(key);
      const child = next instanceof Map ? (next as Map<string, unknown>) : new Map<string, unknown>();
      node.set(key, child);
      node = child;
    }
    node.set(last, value);
  }
  return plain(root);
};

const plain = (node: ReadonlyMap<string, unknown>): object =>
  Object.fromEntries(
    [...node].map(([key, value]) => [key, value instanceof Map ? plain(value as Map<string, unknown>) : value]),
  );
