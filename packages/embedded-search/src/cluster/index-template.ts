import type { Normalizers } from "../analysis/normalizer.ts";
import { illegalArgument, placed, PLACE_MARK, ApiError, unsupported } from "../errors/api-error.ts";
import { isObject, type Json, type JsonObject, numberOf, showJson } from "../json/json.ts";
import { checkReferences } from "../mapping/check-mapping.ts";
import { Mapping } from "../mapping/mapping.ts";
import { readMapping } from "../document/read-mapping.ts";
import { matchesSimplePattern } from "../text/simple-pattern.ts";
import { parseAliases } from "./index-alias.ts";
import { normalizersOf } from "./index-analysis.ts";
import { parseSettings, settingsTree } from "./index-settings.ts";
import type { IndexSettings } from "./setting-value.ts";
import type { IndexAlias } from "./stored-index.ts";

/** What a new index gets when its name matches. */
export interface IndexTemplate {
  readonly name: string;
  readonly patterns: readonly string[];
  readonly priority: number;
  readonly createdMs: number;
  readonly settings: IndexSettings;
  readonly mappings: JsonObject | undefined;
  readonly aliases: ReadonlyMap<string, IndexAlias>;
  /** As shown: settings as a tree, patterns as a list. */
  readonly shown: JsonObject;
}

const KNOWN_KEYS = new Set([
  "index_patterns",
  "priority",
  "template",
  "composed_of",
  "version",
  "_meta",
  "allow_auto_create",
]);

/** @throws {ApiError} 400 for an invalid template, 501 for parts that this store does not support. */
export const parseTemplate = (
  name: string,
  body: JsonObject,
  times: { readonly createdMs: number; readonly modifiedMs: number },
): IndexTemplate => {
  checkKeys(body);
  const patterns = listOf(body.index_patterns);
  if (patterns.length === 0) throw illegalArgument("Required [index_patterns]");
  const template = isObject(body.template) ? body.template : {};
  const unknown = Object.keys(template).find((key) => !["settings", "mappings", "aliases"].includes(key));
  if (unknown === "lifecycle" || unknown === "data_stream_options")
    throw unsupported(`[${unknown}] of an index template`);
  if (unknown !== undefined) throw unknownField("template", unknown);
  const settings = parseSettings(template.settings);
  const normalizers = composed(name, () => normalizersOf(settings));
  const mappings = isObject(template.mappings) ? template.mappings : undefined;
  if (mappings) composed(name, () => checkMappings(name, mappings, normalizers));
  return {
    name,
    patterns,
    priority: numberOf(body.priority) ?? 0,
    settings,
    mappings,
    aliases: parseAliases(template.aliases),
    createdMs: times.createdMs,
    shown: {
      ...show(body, template, patterns, settings),
      created_date_millis: times.createdMs,
      modified_date_millis: times.modifiedMs,
    },
  };
};

/** What is wrong with a template is reported as a fault of what comes of it. */
export const composed = <T>(name: string, read: () => T): T =>
  caught(read, (cause) =>
    illegalArgument(`composable template [${name}] template after composition is invalid`, cause),
  );

const checkMappings = (name: string, mappings: JsonObject, normalizers: Normalizers): void =>
  caught(
    () => checkReferences(new Mapping(readMapping(mappings, undefined, normalizers))),
    (cause) => illegalArgument(`invalid composite mappings for [${name}]`, cause),
  );

const caught = <T>(read: () => T, wrap: (cause: ApiError) => ApiError): T => {
  try {
    return read();
  } catch (error) {
    throw error instanceof ApiError && error.status < 500 ? wrap(error) : error;
  }
};

const checkKeys = (body: JsonObject): void => {
  for (const key of Object.keys(body)) {
    if (key === "data_stream" || key === "deprecated" || key === "ignore_missing_component_templates")
      throw unsupported(`[${key}] of an index template`);
    if (!KNOWN_KEYS.has(key)) throw placed(unknownField("index_template", key), body, key, true);
  }
  if (listOf(body.composed_of).length > 0) throw unsupported("[composed_of] of an index template");
};

const unknownField = (where: string, key: string): ApiError =>
  new ApiError(400, {
    type: "x_content_parse_exception",
    reason: `[${PLACE_MARK}] [${where}] unknown field [${key}]`,
  });

const listOf = (value: Json | undefined): readonly string[] => {
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? (value as readonly Json[]) : [value]).map(showJson);
};

const show = (
  body: JsonObject,
  template: JsonObject,
  patterns: readonly string[],
  settings: IndexSettings,
): JsonObject => {
  const shownTemplate = {
    ...(settings.size === 0 ? {} : { settings: settingsTree(settings) as JsonObject }),
    ...(template.mappings === undefined ? {} : { mappings: template.mappings }),
    ...(template.aliases === undefined ? {} : { aliases: template.aliases }),
  };
  return {
    index_patterns: patterns,
    ...(body.template === undefined ? {} : { template: shownTemplate }),
    composed_of: [],
    ...(body.priority === undefined ? {} : { priority: body.priority }),
    ...(body.version === undefined ? {} : { version: body.version }),
    ...(body._meta === undefined ? {} : { _meta: body._meta }),
    ...(body.allow_auto_create === undefined ? {} : { allow_auto_create: body.allow_auto_create }),
  };
};

/** The template for a new index: the matching one with the highest priority. */
export const templateFor = (name: string, templates: Iterable<IndexTemplate>): IndexTemplate | undefined => {
  let best: IndexTemplate | undefined;
  for (const template of templates) {
    if (!template.patterns.some((pattern) => matchesSimplePattern(pattern, name))) continue;
    if (best === undefined || template.priority > best.priority) best = template;
  }
  return best;
};

/** @throws {ApiError} 400 when another template of the same priority could match the same index. */
export const checkOverlap = (template: IndexTemplate, templates: Iterable<IndexTemplate>): void => {
  const rivals = [...templates].filter(
    (other) =>
      other.name !== template.name &&
      other.priority === template.priority &&
      other.patterns.some((pattern) => template.patterns.some((own) => overlap(own, pattern))),
  );
  if (rivals.length === 0) return;
  const names = rivals.map(({ name }) => name).join(", ");
  const details = rivals.map(({ name, patterns }) => `${name} => [${patterns.join(", ")}]`).join(", ");
  throw illegalArgument(
    `index template [${template.name}] has index patterns [${template.patterns.join(", ")}] matching patterns from existing templates [${names}] with patterns (${details}) that have the same priority [${template.priority}], multiple index templates may not match during index creation, please use a different priority`,
  );
};

/** Is there a name that matches both? Compares what stands before the first and after the last star. */
const overlap = (a: string, b: string): boolean => {
  if (!a.includes("*")) return matchesSimplePattern(b, a);
  if (!b.includes("*")) return matchesSimplePattern(a, b);
  const [headA, headB] = [a.slice(0, a.indexOf("*")), b.slice(0, b.indexOf("*"))];
  const [tailA, tailB] = [a.slice(a.lastIndexOf("*") + 1), b.slice(b.lastIndexOf("*") + 1)];
  const heads = headA.startsWith(headB) || headB.startsWith(headA);
  return heads && (tailA.endsWith(tailB) || tailB.endsWith(tailA));
};
