import type { Normalizers } from "../analysis/normalizer.ts";
import { type ErrorCause, unsupported } from "../errors/api-error.ts";
import { isObject, type Json, type JsonObject, showJson } from "../json/json.ts";
import { matchesSimplePattern } from "../text/simple-pattern.ts";
import { MappingError } from "./mapping-error.ts";
import { compileNamePattern } from "./name-pattern.ts";
import { isKnownType } from "./parse-leaf.ts";

/** The detected type of a new value, before templates apply. */
export type DetectedType = "object" | "string" | "long" | "double" | "boolean" | "date" | "binary";

/** A rule for fields that are not in the mapping yet. */
export interface DynamicTemplate {
  readonly name: string;
  /** As declared, with lists of one element written as that element. */
  readonly declared: JsonObject;
  matches(detected: DetectedType, leafName: string, path: string): boolean;
  /** The declaration of the new field, or undefined when the template names no type for it. */
  mappingFor(detected: DetectedType, leafName: string): JsonObject;
}

const DETECTABLE: readonly DetectedType[] = ["object", "string", "long", "double", "boolean", "date", "binary"];
const LIST_KEYS = ["match", "path_match", "unmatch", "path_unmatch", "match_mapping_type", "unmatch_mapping_type"];
const knownKeys = new Set([...LIST_KEYS, "match_pattern", "mapping"]);

export const parseDynamicTemplates = (
  value: Json | undefined,
  normalizers: Normalizers,
): readonly DynamicTemplate[] | undefined => {
  if (value === undefined) return undefined;
  if (!Array.isArray(value))
    throw new MappingError("Dynamic template syntax error. An array of named objects is expected.");
  return (value as readonly Json[]).map((template) => parseTemplate(template, normalizers));
};

const parseTemplate = (value: Json, normalizers: Normalizers): DynamicTemplate => {
  const [entry, ...more] = isObject(value) ? Object.entries(value) : [];
  if (!entry || more.length > 0 || !isObject(entry[1]))
    throw new MappingError("A dynamic template must be defined with a name");
  const [name, body] = entry;
  checkTemplate(name, body);
  const types = (key: string): readonly string[] | undefined => listOf(body[key]);
  checkTypes([...(types("match_mapping_type") ?? []), ...(types("unmatch_mapping_type") ?? [])]);
  checkContent(name, body, types("match_mapping_type"), normalizers);
  const lists = new Map(LIST_KEYS.map((key) => [key, testsOf(name, body, key)]));
  return {
    name,
    declared: showTemplate(body),
    matches: (detected, leaf, path) => templateMatches(lists, detected, leaf, path),
    mappingFor: (detected, leaf) => fill(isObject(body.mapping) ? body.mapping : {}, leaf, detected) as JsonObject,
  };
};

const checkTemplate = (name: string, body: JsonObject): void => {
  const kind = body.match_pattern === undefined ? "simple" : showJson(body.match_pattern);
  if (kind !== "simple" && kind !== "regex")
    throw new MappingError(`No matching pattern matched on [${kind}]`, "illegal_argument_exception");
  const unknown = Object.keys(body).find((key) => !knownKeys.has(key));
  if (unknown === "runtime") throw unsupported(`[runtime] in dynamic template [${name}]`);
  if (unknown !== undefined) throw new MappingError(`Illegal dynamic template parameter: [${unknown}]`);
  if (!isObject(body.mapping)) throw new MappingError(`template [${name}] must have either mapping or runtime set`);
};

const checkTypes = (types: readonly string[]): void => {
  const wrong = types.find((type) => type !== "*" && !DETECTABLE.includes(type as DetectedType));
  if (wrong === undefined) return;
  throw new MappingError(
    `No field type matched on [${wrong}], possible values are [${DETECTABLE.join(", ")}]`,
    "illegal_argument_exception",
  );
};

/** A type that is written out has to exist, whatever is detected. */
const checkContent = (
  name: string,
  body: JsonObject,
  matched: readonly string[] | undefined,
  normalizers: Normalizers,
): void => {
  const problem = isObject(body.mapping) ? contentProblem(name, body.mapping, normalizers) : undefined;
  if (problem === undefined) return;
  const types = matched === undefined || matched.includes("*") ? DETECTABLE : matched;
  throw new MappingError(
    `dynamic template [${name}] has invalid content [${JSON.stringify(showTemplate(body))}], attempted to validate it with the following match_mapping_type: [${types.join(", ")}]`,
    "illegal_argument_exception",
    problem,
  );
};

const contentProblem = (
  name: string,
  { type, normalizer }: JsonObject,
  normalizers: Normalizers,
): ErrorCause | undefined => {
  if (typeof type === "string" && !type.includes("{") && !isKnownType(type))
    return { type: "illegal_argument_exception", reason: `No mapper found for type [${type}]` };
  if (type !== "keyword" || normalizer == null || normalizers.has(showJson(normalizer))) return undefined;
  const reason = `normalizer [${showJson(normalizer)}] not found for field [__dynamic__${name}]`;
  return { type: "mapper_parsing_exception", reason };
};

const listOf = (value: Json | undefined): readonly string[] | undefined => {
  if (value === undefined) return undefined;
  return (Array.isArray(value) ? (value as readonly Json[]) : [value]).map(String);
};

type NameTest = (text: string) => boolean;

/** Types are matched by simple patterns, names by what the template says. */
const testsOf = (name: string, body: JsonObject, key: string): readonly NameTest[] | undefined => {
  const isRegexp = body.match_pattern === "regex" && !key.endsWith("_type");
  return listOf(body[key])?.map((pattern) =>
    isRegexp ? compileNamePattern(pattern, name) : (text: string) => matchesSimplePattern(pattern, text),
  );
};

const templateMatches = (
  lists: ReadonlyMap<string, readonly NameTest[] | undefined>,
  detected: DetectedType,
  leaf: string,
  path: string,
): boolean => {
  const some = (key: string, text: string): boolean | undefined => lists.get(key)?.some((test) => test(text));
  return (
    some("match_mapping_type", detected) !== false &&
    some("unmatch_mapping_type", detected) !== true &&
    some("match", leaf) !== false &&
    some("unmatch", leaf) !== true &&
    some("path_match", path) !== false &&
    some("path_unmatch", path) !== true
  );
};

const DEFAULT_TYPES: Readonly<Record<DetectedType, string>> = {
  object: "object",
  string: "text",
  long: "long",
  double: "float",
  boolean: "boolean",
  date: "date",
  binary: "binary",
};

const fill = (value: Json, leaf: string, detected: DetectedType): Json => {
  if (typeof value === "string")
    return value
      .replaceAll("{name}", leaf)
      .replaceAll("{dynamic_type}", DEFAULT_TYPES[detected])
      .replaceAll("{dynamicType}", DEFAULT_TYPES[detected]);
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => fill(item, leaf, detected));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item, leaf, detected)]));
};

const KEY_ORDER = [
  "match",
  "path_match",
  "unmatch",
  "path_unmatch",
  "match_mapping_type",
  "unmatch_mapping_type",
  "match_pattern",
  "mapping",
];

const showTemplate = (body: JsonObject): JsonObject => {
  const entries = KEY_ORDER.filter((key) => Object.hasOwn(body, key)).map(
    (key) => [key, single(body[key] ?? null)] as const,
  );
  return Object.fromEntries(entries);
};

const single = (value: Json): Json =>
  Array.isArray(value) && value.length === 1 ? ((value as readonly Json[])[0] ?? null) : value;
