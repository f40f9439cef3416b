import { BUILT_IN_NORMALIZERS, type Normalizers } from "../analysis/normalizer.ts";
import { ValueError } from "../errors/value-error.ts";
import { JsonNumber, type JsonObject, type Scalar } from "../json/json.ts";
import { type Field, isDate, isInteger, isNumeric, type LeafField, type ObjectField } from "../mapping/field.ts";
import { MappingError } from "../mapping/mapping-error.ts";
import { type MappingDefinition, parseMapping } from "../mapping/parse-mapping.ts";
import { toIndexValue } from "../values/index-value.ts";
import { parseJavaDouble } from "../values/java-number.ts";
import { notANumber } from "../values/not-a-number.ts";
import { floatValue, integerValue } from "../values/number-value.ts";

/**
 * As {@link parseMapping}; each null_value is one that its type can have, and is shown as what it is read as.
 *
 * @throws {MappingError} also for a null_value that is none of its type.
 */
export const readMapping = (
  body: JsonObject,
  current?: Pick<ObjectField, "dynamic" | "subobjects">,
  normalizers: Normalizers = BUILT_IN_NORMALIZERS,
): MappingDefinition => {
  const definition = parseMapping(body, current, normalizers);
  return { ...definition, root: inObject(definition.root) };
};

const inObject = (object: ObjectField): ObjectField => ({
  ...object,
  properties: new Map([...object.properties].map(([key, field]) => [key, inField(field)])),
});

const inField = (field: Field): Field => {
  if (field.kind === "object") return inObject(field);
  return field.kind === "leaf" ? withNullValue(field) : field;
};

/** The leaf with its null_value as its type reads it. @throws {MappingError} when it cannot. */
export const withNullValue = (field: LeafField): LeafField => {
  const fields =
    field.fields.size === 0
      ? field.fields
      : new Map([...field.fields].map(([key, multi]) => [key, withNullValue(multi)]));
  if (field.nullValue === undefined) return { ...field, fields };
  const params = new Map([...field.params, ["null_value", readNull(field, field.nullValue)] as const]);
  return { ...field, fields, params };
};

const readNull = (field: LeafField, value: Scalar): Scalar => {
  const { name, type } = field;
  try {
    if (type === "keyword") return String(value);
    if (type === "boolean") return booleanText(value) === "true";
    if (isNumeric(type)) return nullNumber(field, value);
    if (isDate(type) || type === "ip") toIndexValue(field, value);
    return value;
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    const { type: kind, reason, causedBy } = error;
    if (!isDate(type) && type !== "ip") throw new MappingError(reason, kind, causedBy);
    throw new MappingError(
      `Error parsing [null_value] on field [${name}]: ${reason}`,
      "mapper_parsing_exception",
      error,
    );
  }
};

const booleanText = (value: Scalar): string => {
  const text = String(value);
  if (text === "true" || text === "false") return text;
  throw new ValueError(`Failed to parse value [${text}] as only [true] or [false] are allowed.`);
};

/** Texts are read as numbers whatever the field says of documents. */
const nullNumber = ({ type, coerce }: LeafField, value: Scalar): Scalar => {
  const number = parseJavaDouble(String(value));
  if (number === undefined) throw new ValueError(notANumber(String(value)), "number_format_exception");
  if (isInteger(type) && !coerce && !Number.isInteger(number))
    throw new ValueError(`Value [${String(value)}] has a decimal part`);
  const read = isInteger(type) ? integerValue(String(value), type, true) : floatValue(String(value), type);
  return typeof read === "bigint" ? new JsonNumber(String(read)) : read;
};
