import { illegalArgument, unsupported } from "../errors/api-error.ts";
import { isObject, type Json, type JsonObject, showJson } from "../json/json.ts";
import { parseDynamicTemplates, type DynamicTemplate } from "./dynamic-template.ts";
import type { Dynamic, Field, ObjectField } from "./field.ts";
import { flatProperties } from "./flat-properties.ts";
import { MappingError } from "./mapping-error.ts";
import { parseLeaf } from "./parse-leaf.ts";

/** Everything that the `mappings` of an index can contain. undefined = absent. */
export interface MappingDefinition {
  readonly root: ObjectField;
  readonly dynamicTemplates: readonly DynamicTemplate[] | undefined;
  readonly dateDetection: boolean | undefined;
  readonly numericDetection: boolean | undefined;
  readonly meta: JsonObject | undefined;
}

const ROOT_KEYS = new Set([
  "properties",
  "dynamic",
  "dynamic_templates",
  "date_detection",
  "numeric_detection",
  "_meta",
  "enabled",
  "subobjects",
]);
const UNSUPPORTED_ROOT_KEYS = new Set([
  "_source",
  "_routing",
  "_data_stream_timestamp",
  "runtime",
  "dynamic_date_formats",
]);

/**
 * Reads the body of a put mapping.
 *
 * @param current - The root that it is for, which may be flat without the body saying so. Default: a new one.
 * @throws {MappingError} when a declaration is invalid; {@link unsupported} for what this store does not support.
 */
export const parseMapping = (
  body: JsonObject,
  current?: Pick<ObjectField, "dynamic" | "subobjects">,
): MappingDefinition => {
  for (const key of Object.keys(body)) {
    if (UNSUPPORTED_ROOT_KEYS.has(key)) throw unsupported(`The mapping parameter [${key}]`);
    if (!ROOT_KEYS.has(key))
      throw new MappingError(`Root mapping definition has unsupported parameters:  [${key} : ${showJson(body[key])}]`);
  }
  return {
    root: parseObject("", body, current?.subobjects === false, current?.dynamic),
    dynamicTemplates: parseDynamicTemplates(body.dynamic_templates),
    dateDetection: optionalFlag(body.date_detection),
    numericDetection: optionalFlag(body.numeric_detection),
    meta: isObject(body._meta) ? body._meta : undefined,
  };
};

const optionalFlag = (value: Json | undefined): boolean | undefined =>
  value === undefined ? undefined : value === true || value === "true";

const parseObject = (name: string, declared: JsonObject, isFlat = false, outerDynamic?: Dynamic): ObjectField => {
  const subobjects = parseSubobjects(declared.subobjects);
  const dynamic = parseDynamic(declared.dynamic);
  const properties =
    subobjects === false || (isFlat && subobjects === undefined)
      ? flatProperties(name, parseProperties(name, declared.properties, true), dynamic ?? outerDynamic)
      : parseProperties(name, declared.properties, false);
  return { kind: "object", name, enabled: optionalFlag(declared.enabled) ?? true, dynamic, subobjects, properties };
};

const parseSubobjects = (value: Json | undefined): boolean | undefined => {
  if (value === undefined) return undefined;
  const text = showJson(value);
  if (text === "true" || text === "false") return text === "true";
  throw new MappingError(`unknown subobjects value: ${text}`, "parse_exception");
};

const parseDynamic = (value: Json | undefined): Dynamic | undefined => {
  if (value === undefined) return undefined;
  const text = showJson(value);
  if (text === "true" || text === "false" || text === "strict") return text;
  if (text === "runtime") throw unsupported("The mapping parameter [dynamic] with the value [runtime]");
  throw new MappingError(
    `No enum constant org.elasticsearch.index.mapper.ObjectMapper.Dynamic.${text.toUpperCase()}`,
    "illegal_argument_exception",
  );
};

const parseProperties = (parent: string, properties: Json | undefined, isFlat: boolean): Map<string, Field> => {
  const fields = new Map<string, Field>();
  if (properties === undefined) return fields;
  if (!isObject(properties)) throw new MappingError(`expected map for property [properties] on field [${parent}]`);
  for (const [key, declared] of Object.entries(properties))
    if (isFlat) fields.set(key, parseField(parent === "" ? key : `${parent}.${key}`, declared, true));
    else addProperty(fields, parent, key.split("."), declared);

  return fields;
};

/** A key with dots declares the objects on its path. */
const addProperty = (fields: Map<string, Field>, parent: string, path: readonly string[], declared: Json): void => {
  const [key = "", ...rest] = path;
  const name = parent === "" ? key : `${parent}.${key}`;
  if (key.trim() === "") throw new MappingError(`field name cannot be an empty string`, "illegal_argument_exception");
  if (rest.length === 0) return void fields.set(key, parseField(name, declared));
  const known = fields.get(key);
  const properties = new Map(known?.kind === "object" ? known.properties : []);
  addProperty(properties, name, rest, declared);
  if (known?.kind === "leaf")
    throw illegalArgument(`can't merge a non object mapping [${name}] with an object mapping`);
  fields.set(key, { kind: "object", name, enabled: true, dynamic: undefined, subobjects: undefined, properties });
};

/** Reads the declaration of one field, named by its full path. */
export const parseField = (name: string, declared: Json, isFlat = false): Field => {
  if (!isObject(declared))
    throw new MappingError(`Expected map for property [fields] on field [${name}] but got a class java.lang.String`);
  const type = declared.type ?? (isObject(declared.properties) || isSwitchedOff(declared) ? "object" : undefined);
  if (typeof type !== "string") throw new MappingError(`No type specified for field [${name}]`);
  if (type !== "object") return parseLeaf(name, type, declared);
  checkObject(name, declared);
  return parseObject(name, declared, isFlat);
};

/** As Elasticsearch has it, nothing else may be said then. */
const isSwitchedOff = (declared: JsonObject): boolean =>
  Object.keys(declared).length === 1 && optionalFlag(declared.enabled) === false;

const checkObject = (name: string, declared: JsonObject): void => {
  for (const key of Object.keys(declared)) {
    if (["type", "properties", "dynamic", "enabled", "subobjects"].includes(key)) continue;
    throw new MappingError(
      `Mapping definition for [${name}] has unsupported parameters:  [${key} : ${showJson(declared[key])}]`,
    );
  }
};
