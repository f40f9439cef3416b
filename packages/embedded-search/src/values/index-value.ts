import { defaultDateFormat } from "../dates/date-format.ts";
import { nanosOf } from "../dates/nanos.ts";
import { readerError, ValueError } from "../errors/value-error.ts";
import { JsonNumber, type Scalar } from "../json/json.ts";
import { isInteger, type LeafField } from "../mapping/field.ts";
import { parseIp } from "./ip.ts";
import { floatValue, integerValue, numberText, type NumberValue } from "./number-value.ts";

/** What is stored for one value: text and terms as strings, everything else (dates in ms, booleans 0 and 1) as numbers. */
export type IndexValue = string | NumberValue;

/** The longest term that Lucene accepts, in bytes of UTF-8. */
const LONGEST_TERM = 32_766;

/**
 * Converts one JSON leaf into what its field stores.
 *
 * @returns undefined when the value is valid but not indexed: longer than `ignore_above`, or an empty string for a number.
 * @throws {ValueError} when the field cannot have it.
 */
export const toIndexValue = (field: LeafField, value: Scalar): IndexValue | undefined => {
  switch (field.type) {
    case "text":
      return String(value);
    case "keyword":
      return keywordValue(field, String(value));
    case "ip":
      return ipValue(String(value));
    case "date":
      return dateValue(field, value);
    case "date_nanos":
      return nanosValue(field, value);
    case "boolean":
      return booleanValue(value);
    case "geo_point":
      return 0;
    default:
      return numberValue(field, value);
  }
};

const keywordValue = (field: LeafField, text: string): string | undefined => {
  if (text.length > field.ignoreAbove) return undefined;
  const normalized = field.normalizer === undefined ? text : field.normalizer(text);
  if (normalized.length * 3 > LONGEST_TERM && Buffer.byteLength(normalized) > LONGEST_TERM)
    throw new ValueError(
      `Document contains at least one immense term in field="${field.name}" (whose UTF8 encoding is longer than the max length ${LONGEST_TERM}), all of which were skipped.`,
    );
  return normalized;
};

const ipValue = (text: string): string => {
  const bytes = parseIp(text);
  if (bytes === undefined) throw new ValueError(`'${text}' is not an IP string literal.`);
  return bytes;
};

const dateText = (value: Scalar): string => {
  const text = value instanceof JsonNumber ? value.text : String(value);
  if (text === "") throw new ValueError("cannot parse empty datetime");
  return text;
};

const nanosValue = (field: LeafField, value: Scalar): bigint => {
  const text = dateText(value);
  const date = field.format.parseExact(text);
  if (date === undefined) throw unreadable(field, text);
  return nanosOf(date, defaultDateFormat);
};

const dateValue = (field: LeafField, value: Scalar): number => {
  const text = dateText(value);
  const ms = field.format.parse(text);
  if (ms !== undefined && Number.isSafeInteger(ms)) return ms;
  if (ms !== undefined) throw new ValueError(`date [${text}] is too far from 1970 for the embedded store`);
  throw unreadable(field, text);
};

const unreadable = ({ format }: LeafField, text: string): ValueError =>
  new ValueError(`failed to parse date field [${text}] with format [${format.text}]`, undefined, {
    type: "date_time_parse_exception",
    reason: "Failed to parse with all enclosed parsers",
  });

const booleanValue = (value: Scalar): number => {
  if (value === true || value === "true") return 1;
  if (value === false || value === "false" || value === "") return 0;
  if (typeof value === "string")
    throw new ValueError(`Failed to parse value [${value}] as only [true] or [false] are allowed.`);
  const token = /^-?\d+$/.test(numberText(value)) ? "VALUE_NUMBER_INT" : "VALUE_NUMBER_FLOAT";
  throw readerError(`Current token (${token}) not of boolean type`, "json_parse_exception");
};

const numberValue = (field: LeafField, value: Scalar): NumberValue | undefined => {
  if (typeof value === "string") {
    if (!field.coerce) {
      const type = field.type.charAt(0).toUpperCase() + field.type.slice(1);
      throw new ValueError(`${type} value passed as String`);
    }
    if (value === "") return undefined;
  }
  return isInteger(field.type) ? integerValue(value, field.type, field.coerce) : floatValue(value, field.type);
};
