import { BUILT_IN_NORMALIZERS, type Normalizers } from "../analysis/normalizer.ts";
import { illegalArgument, unsupported } from "../errors/api-error.ts";
import { isObject, type Json, type JsonObject, showJson } from "../json/json.ts";
import { parseDynamicTemplates, type DynamicTemplate } from "./dynamic-template.ts";
import type { Dynamic, Field, ObjectField } from "./field.ts";
import { flatProperties } from "./flat-properties.ts";
import { MappingError } from "./mapping-error.ts";
import { parseAlias } from "./parse-alias.ts";
import { parseLeaf } from "./parse-leaf.ts";

/** Everything that the `mappings` of an index can contain. undefined = absent. */
export interface MappingDefinition {
  readonly root: ObjectField;
  readonly dynamicTemplates: readonly DynamicTemplate[] | undefined;
  readonly dateDetection: boolean | undefined;
  readonly numericDetection: boolean | undefined;
  readonly meta: JsonObject | undefined;
  /** What fields of the index may name. Default: what every index has. */
  readonly normalizers?: Normalizers | undefined;
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
 * @param normalizers - Of the index. Default: those of every index.
 * @throws {MappingError} when a declaration is invalid; {@link unsupported} for what this store does not support.
 */
export const parseMapping = (
  body: JsonObject,
  current?: Pick<ObjectField, "dynamic" | "subobjects">,
  normalizers: Normalizers = BUILT_IN_NORMALIZERS,
): MappingDefinition => {
  for (const key of Object.keys(body)) {
    if (UNSUPPORTED_ROOT_KEYS.has(key)) throw unsupported(`The mapping parameter [${key}]`);
    if (!ROOT_KEYS.has(key))
      throw new MappingError(`Root mapping definition has unsupported parameters:  [${key} : ${showJson(body[key])}]`);
  }
  return {
    root: parseObject("", body, { isFlat: current?.subobjects === false, normalizers }, current?.dynamic),
    dynamicTemplates: parseDynamicTemplates(body.dynamic_templates, normalizers),
    dateDetection: optionalFlag(body.date_detection),
    numericDetection: optionalFlag(body.numeric_detection),
    meta: isObject(body._meta) ? body._meta : undefined,
    normalizers,
  };
};

const optionalFlag = (value: Json | undefined): boolean | undefined =>
  value === undefined ? undefined : value === true || value === "true";

/** What a declaration is read for. */
interface Surroundings {
  /** Is it within a flat object? */
  readonly isFlat?: boolean;
  readonly normalizers: Normalizers;
}

const parseObject = (
  name: string,
  declared: JsonObject,
  { isFlat = false, normalizers }: Surroundings,
  outerDynamic?: Dynamic,
): ObjectField => {
  const subobjects = parseSubobjects(declared.subobjects);
  const dynamic = parseDynamic(declared.dynamic);
  const properties =
    subobjects === false || (isFlat && subobjects === undefined)
      ? flatProperties(
          name,
          parseProperties(name, declared.properties, { isFlat: true, normalizers }),
          dynamic ?? outerDynamic,
        )
      : parseProperties(name, declared.properties, { normalizers });
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

const parseProperties = (
  parent: string,
  properties: Json | undefined,
  surroundings: Surroundings,
): Map<string, Field> => {
  const fields = new Map<string, Field>();
  if (properties === undefined) return fields;
  if (!isObject(properties)) throw new MappingError(`expected map for property [properties] on field [${parent}]`);
  for (const [key, declared] of Object.entries(properties))
    if (surroundings.isFlat === true)
      fields.set(key, parseField(parent === "" ? key : `${parent}.${key}`, declared, surroundings));
    else addProperty(fields, parent, key.split("."), { declared, surroundings });

  return fields;
};

/** A key with dots declares the objects on its path. */
const addProperty = (
  fields: Map<string, Field>,
  parent: string,
  path: readonly string[],
  property: { readonly declared: Json; readonly surroundings: Surroundings },
): void => {
  const [key = "", ...rest] = path;
  const name = parent === "" ? key : `${parent}.${key}`;
  if (key.trim() === "") throw new MappingError(`field name cannot be an empty string`, "illegal_argument_exception");
  if (rest.length === 0) return void fields.set(key, parseField(name, property.declared, property.surroundings));
  const known = fields.get(key);
  const properties = new Map(known?.kind === "object" ? known.properties : []);
  addProperty(properties, name, rest, property);
  if (known !== undefined && known.kind !== "object")
    throw illegalArgument(`can't merge a non object mapping [${name}] with an object mapping`);
  fields.set(key, { kind: "object", name, enabled: true, dynamic: undefined, subobjects: undefined, properties });
};

/** Reads the declaration of one field, named by its full path. */
export const parseField = (name: string, declared: Json, surroundings: Surroundings): Field => {
  if (!isObject(declared))
    throw new MappingError(`Expected map for property [fields] on field [${name}] but got a class java.lang.String`);
  const type = declared.type ?? (isObject(declared.properties) || isSwitchedOff(declared) ? "object" : undefined);
  if (typeof type !== "string") throw new MappingError(`No type specified for field [${name}]`);
  if (type === "alias") return parseAlias(name, declared);
  if (type !== "object") return parseLeaf(name, type, declared, surroundings.normalizers);
  checkObject(name, declared);
  return parseObject(name, declared, surroundings);
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
