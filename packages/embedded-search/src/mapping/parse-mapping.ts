import { unsupported } from "../errors/api-error.ts";
import { isObject, type Json, type JsonObject, showJson } from "../json/json.ts";
import { parseDynamicTemplates, type DynamicTemplate } from "./dynamic-template.ts";
import type { Dynamic, Field, ObjectField } from "./field.ts";
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
]);
const UNSUPPORTED_ROOT_KEYS = new Set([
  "_source",
  "_routing",
  "_data_stream_timestamp",
  "runtime",
  "dynamic_date_formats",
  "subobjects",
]);

/**
 * Reads the body of a put mapping.
 *
 * @throws {MappingError} when a declaration is invalid; {@link unsupported} for what this store does not support.
 */
export const parseMapping = (body: JsonObject): MappingDefinition => {
  for (const key of Object.keys(body)) {
    if (UNSUPPORTED_ROOT_KEYS.has(key)) throw unsupported(`The mapping parameter [${key}]`);
    if (!ROOT_KEYS.has(key))
      throw new MappingError(`Root mapping definition has unsupported parameters:  [${key} : ${showJson(body[key])}]`);
  }
  return {
    root: parseObject("", body),
    dynamicTemplates: parseDynamicTemplates(body.dynamic_templates),
    dateDetection: optionalFlag(body.date_detection),
    numericDetection: optionalFlag(body.numeric_detection),
    meta: isObject(body._meta) ? body._meta : undefined,
  };
};

const optionalFlag = (value: Json | undefined): boolean | undefined =>
  value === undefined ? undefined : value === true || value === "true";

const parseObject = (name: string, declared: JsonObject): ObjectField => ({
  kind: "object",
  name,
  enabled: optionalFlag(declared.enabled) ?? true,
  dynamic: parseDynamic(declared.dynamic),
  properties: parseProperties(name, declared.properties),
});

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

const parseProperties = (parent: string, properties: Json | undefined): Map<string, Field> => {
  const fields = new Map<string, Field>();
  if (properties === undefined) return fields;
  if (!isObject(properties)) throw new MappingError(`expected map for property [properties] on field [${parent}]`);
  for (const [key, declared] of Object.entries(properties)) addProperty(fields, parent, key.split("."), declared);
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
  fields.set(key, { kind: "object", name, enabled: true, dynamic: undefined, properties });
};

/** Reads the declaration of one field, named by its full path. */
export const parseField = (name: string, declared: Json): Field => {
  if (!isObject(declared))
    throw new MappingError(`Expected map for property [fields] on field [${name}] but got a class java.lang.String`);
  const type = declared.type ?? (isObject(declared.properties) ? "object" : undefined);
  if (typeof type !== "string") throw new MappingError(`No type specified for field [${name}]`);
  if (type !== "object") return parseLeaf(name, type, declared);
  checkObject(name, declared);
  return parseObject(name, declared);
};

const checkObject = (name: string, declared: JsonObject): void => {
  for (const key of Object.keys(declared)) {
    if (key === "subobjects") throw unsupported(`The mapping parameter [${key}] of field [${name}]`);
    if (["type", "properties", "dynamic", "enabled"].includes(key)) continue;
    throw new MappingError(
      `Mapping definition for [${name}] has unsupported parameters:  [${key} : ${showJson(declared[key])}]`,
    );
  }
};
