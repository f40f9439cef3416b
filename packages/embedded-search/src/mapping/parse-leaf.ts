import { BUILT_IN_NORMALIZERS, type Normalizer, type Normalizers } from "../analysis/normalizer.ts";
import { type DateFormat, defaultDateFormat, nanosDateFormat, tryDateFormat } from "../dates/date-format.ts";
import { ApiError, unsupported } from "../errors/api-error.ts";
import { isObject, isScalar, type Json, type JsonObject, type Scalar, showJson } from "../json/json.ts";
import type { LeafField } from "./field.ts";
import type { FieldType } from "./fields-view.ts";
import { MappingError } from "./mapping-error.ts";

const NUMBER_PARAMETERS = [
  "coerce",
  "copy_to",
  "doc_values",
  "ignore_malformed",
  "index",
  "meta",
  "null_value",
  "store",
];
const OTHER_PARAMETERS = ["copy_to", "doc_values", "ignore_malformed", "index", "meta", "null_value", "store"];

/** Parameters that a type takes besides `type` and `fields`. */
const parameters: Readonly<Record<FieldType, readonly string[]>> = {
  text: [
    "analyzer",
    "copy_to",
    "index",
    "index_options",
    "meta",
    "norms",
    "position_increment_gap",
    "search_analyzer",
    "store",
  ],
  keyword: [
    "copy_to",
    "doc_values",
    "eager_global_ordinals",
    "ignore_above",
    "index",
    "index_options",
    "meta",
    "normalizer",
    "norms",
    "null_value",
    "store",
  ],
  ip: OTHER_PARAMETERS,
  boolean: OTHER_PARAMETERS,
  date: [...OTHER_PARAMETERS, "format", "locale"],
  date_nanos: [...OTHER_PARAMETERS, "format", "locale"],
  long: NUMBER_PARAMETERS,
  integer: NUMBER_PARAMETERS,
  short: NUMBER_PARAMETERS,
  byte: NUMBER_PARAMETERS,
  double: NUMBER_PARAMETERS,
  float: NUMBER_PARAMETERS,
  geo_point: [...OTHER_PARAMETERS, "ignore_z_value"],
};

/** Parameters and types of Elasticsearch that this store does not support, so that the answer can name them. */
const UNSUPPORTED_PARAMETERS = new Set(["fielddata", "script", "similarity", "term_vector", "time_series_dimension"]);
const UNSUPPORTED_TYPES = new Set(
  "aggregate_metric_double binary completion constant_keyword date_range dense_vector double_range flattened float_range geo_shape half_float histogram integer_range ip_range join long_range match_only_text murmur3 nested passthrough percolator point rank_feature rank_features scaled_float search_as_you_type semantic_text shape sparse_vector token_count unsigned_long version wildcard".split(
    " ",
  ),
);

export const isFieldType = (type: string): type is FieldType => Object.hasOwn(parameters, type);

/** Is this a type of Elasticsearch, whether or not this store supports it? */
export const isKnownType = (type: string): boolean =>
  isFieldType(type) || type === "object" || type === "alias" || UNSUPPORTED_TYPES.has(type);

/** Reads the declaration of a field that holds values. */
export const parseLeaf = (
  name: string,
  type: string,
  declared: JsonObject,
  normalizers: Normalizers = BUILT_IN_NORMALIZERS,
): LeafField => {
  if (UNSUPPORTED_TYPES.has(type)) throw unsupported(`The field type [${type}] of field [${name}]`);
  if (!isFieldType(type))
    throw new MappingError(
      `The mapper type [${type}] declared on field [${name}] does not exist. It might have been created within a future version or requires a plugin to be installed. Check the documentation.`,
      "mapper_parsing_exception",
    );
  const given = Object.entries(declared).filter(([key]) => key !== "type" && key !== "fields");
  for (const [key, value] of given) checkParameter(name, type, key, value);
  const params = new Map(given.filter(([key, value]) => !isDefault(type, key, value)).map(shownParameter));
  const normalizer = readNormalizer(name, params.get("normalizer"), normalizers);
  const options = leafOptions(name, type, params);
  const nanos = type === "date_nanos" ? nanosOfLeaf(name) : undefined;
  return { ...options, normalizer, nanos, fields: parseMultiFields(name, declared, normalizers) };
};

/** No field of a document has this sign in its name. */
export const HIDDEN_SIGN = "\u0001";

const nanosOfLeaf = (name: string): LeafField => parseLeaf(`${name}${HIDDEN_SIGN}nanos`, "long", {});

/** Lists are shown as such even when they were given as a single name. */
const shownParameter = ([key, value]: readonly [string, Json]): readonly [string, Json] => {
  if (key === "copy_to")
    return [key, Array.isArray(value) ? (value as readonly Json[]).map(showJson) : [showJson(value)]];
  return [key, value];
};

const DEFAULTS: Readonly<Record<string, Json>> = {
  analyzer: "default",
  coerce: true,
  doc_values: true,
  eager_global_ordinals: false,
  fielddata: false,
  ignore_z_value: true,
  index: true,
  position_increment_gap: 100,
  store: false,
};

/** Parameters at their default are omitted. */
const isDefault = (type: FieldType, key: string, value: Json): boolean => {
  if (key === "norms") return value === (type === "text");
  if (key === "index_options") return value === (type === "text" ? "positions" : "docs");
  if (key === "format") return value === defaultFormat(type).text;
  if (key === "copy_to") return Array.isArray(value) && value.length === 0;
  if (key === "normalizer") return value === null;
  return Object.hasOwn(DEFAULTS, key) && DEFAULTS[key] === value;
};

/** What is kept of each term; the first is the default. */
const INDEX_OPTIONS = { text: ["positions", "docs", "freqs", "offsets"], keyword: ["docs", "freqs"] } as const;

const checkIndexOptions = (accepted: readonly string[], value: Json): void => {
  if (accepted.includes(showJson(value))) return;
  throw new MappingError(
    `Unknown value [${showJson(value)}] for field [index_options] - accepted values are [${accepted.join(", ")}]`,
    "mapper_parsing_exception",
  );
};

const checkParameter = (name: string, type: FieldType, key: string, value: Json): void => {
  if (UNSUPPORTED_PARAMETERS.has(key)) {
    if (key === "fielddata" && type === "text" && value === false) return;
    throw unsupported(`The mapping parameter [${key}] of field [${name}]`);
  }
  if (key === "index_options" && (type === "text" || type === "keyword")) checkIndexOptions(INDEX_OPTIONS[type], value);
  if (!parameters[type].includes(key))
    throw new MappingError(`unknown parameter [${key}] on mapper [${name}] of type [${type}]`);
};

const leafOptions = (
  name: string,
  type: FieldType,
  params: ReadonlyMap<string, Json>,
): Omit<LeafField, "fields" | "normalizer" | "nanos"> => {
  const flag = (key: string, preset: boolean): boolean => readFlag(name, key, params.get(key), preset);
  const indexed = flag("index", true);
  const docValues = type !== "text" && flag("doc_values", true);
  return {
    kind: "leaf",
    name,
    type,
    params,
    docValues,
    searchable: type !== "geo_point" && (indexed || docValues),
    analyzer: readAnalyzer(name, params),
    nullValue: readNullValue(name, params),
    ignoreAbove: readCount(name, "ignore_above", params, Number.POSITIVE_INFINITY),
    coerce: flag("coerce", true),
    ignoreMalformed: params.has("ignore_malformed") ? flag("ignore_malformed", false) : undefined,
    format: readFormat(name, type, params.get("format")),
    copyTo: (params.get("copy_to") as readonly string[] | undefined) ?? [],
    positionGap: readCount(name, "position_increment_gap", params, 100),
  };
};

const readFlag = (name: string, key: string, value: Json | undefined, preset: boolean): boolean => {
  if (value === undefined) return preset;
  if (value === true || value === "true") return true;
  if (value === false || value === "false") return false;
  throw new MappingError(
    `Failed to parse value [${JSON.stringify(value)}] as only [true] or [false] are allowed. Parameter [${key}] of field [${name}]`,
    "illegal_argument_exception",
  );
};

const readCount = (name: string, key: string, params: ReadonlyMap<string, Json>, preset: number): number => {
  const value = params.get(key);
  if (value === undefined) return preset;
  const count = typeof value === "string" ? Number(value) : value;
  if (typeof count === "number" && Number.isInteger(count) && count >= 0) return count;
  throw new MappingError(
    `[${key}] of field [${name}] must be a non-negative integer, got [${JSON.stringify(value)}]`,
    "illegal_argument_exception",
  );
};

const readAnalyzer = (name: string, params: ReadonlyMap<string, Json>): "standard" | "keyword" => {
  const analyzer = params.get("analyzer") ?? "standard";
  const search = params.get("search_analyzer") ?? analyzer;
  if (search !== analyzer) throw unsupported(`A [search_analyzer] other than the [analyzer] of field [${name}]`);
  if (analyzer === "default" || analyzer === "standard") return "standard";
  if (analyzer === "keyword") return "keyword";
  if (["simple", "whitespace", "stop", "pattern", "fingerprint", "english"].includes(showJson(analyzer)))
    throw unsupported(`The analyzer [${showJson(analyzer)}] of field [${name}]`);
  throw new MappingError(
    `analyzer [${showJson(analyzer)}] has not been configured in mappings`,
    "illegal_argument_exception",
  );
};

const readNullValue = (name: string, params: ReadonlyMap<string, Json>): Scalar | undefined => {
  const value = params.get("null_value");
  if (value == null) return undefined;
  if (isScalar(value)) return value;
  throw new MappingError(`[null_value] of field [${name}] must be a single value`, "illegal_argument_exception");
};

const defaultFormat = (type: FieldType): DateFormat => (type === "date_nanos" ? nanosDateFormat : defaultDateFormat);

const readFormat = (name: string, fieldType: FieldType, text: Json | undefined): DateFormat => {
  if (text === undefined) return defaultFormat(fieldType);
  const format = tryDateFormat(showJson(text));
  if (!(format instanceof ApiError)) return format;
  const { type, reason, causedBy } = format;
  throw new MappingError(`Error parsing [format] on field [${name}]: ${reason}`, type, { type, reason, causedBy });
};

const readNormalizer = (name: string, value: Json | undefined, normalizers: Normalizers): Normalizer | undefined => {
  if (value === undefined) return undefined;
  const normalizer = normalizers.get(showJson(value));
  if (normalizer !== undefined) return normalizer;
  throw new MappingError(`normalizer [${showJson(value)}] not found for field [${name}]`, "mapper_parsing_exception");
};

const parseMultiFields = (
  name: string,
  declared: JsonObject,
  normalizers: Normalizers,
): ReadonlyMap<string, LeafField> => {
  const fields = declared.fields;
  if (fields === undefined) return new Map();
  if (!isObject(fields))
    throw new MappingError(`expected map for property [fields] on field [${name}] but got a class java.lang.String`);
  return new Map(
    Object.entries(fields).map(([key, field]) => [key, parseMultiField(`${name}.${key}`, field, normalizers)]),
  );
};

const parseMultiField = (name: string, declared: Json, normalizers: Normalizers): LeafField => {
  if (!isObject(declared) || typeof declared.type !== "string")
    throw new MappingError(`no type specified for property [${name}]`);
  if (declared.type === "alias") throw new MappingError("Type [alias] cannot be used in multi field");
  return parseLeaf(name, declared.type, declared, normalizers);
};
