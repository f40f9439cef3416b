import { readerError, ValueError } from "../errors/value-error.ts";
import { JsonNumber, type Scalar } from "../json/json.ts";
import type { FieldType } from "../mapping/fields-view.ts";
import { notANumber } from "./not-a-number.ts";

/** A number of a field: bigint only when a double cannot hold it. */
export type NumberValue = number | bigint;

const INTEGER_RANGES: Readonly<Partial<Record<FieldType, readonly [bigint, bigint]>>> = {
  long: [-(2n ** 63n), 2n ** 63n - 1n],
  integer: [-(2n ** 31n), 2n ** 31n - 1n],
  short: [-32768n, 32767n],
  byte: [-128n, 127n],
};

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Least and greatest value of an integer type. */
export const integerRange = (type: FieldType): readonly [bigint, bigint] => INTEGER_RANGES[type] ?? [0n, 0n];

/**
 * Reads a number for an integer field.
 *
 * @param coerce - Truncate decimals instead of rejecting them.
 * @throws {ValueError} when it is not a number, has decimals or is out of range.
 */
export const integerValue = (value: Scalar, type: FieldType, coerce: boolean): NumberValue => {
  if (typeof value === "number" && Number.isInteger(value) && Math.abs(value) <= 127) return value;
  const text = numberText(value);
  const whole = wholePart(text, type, coerce);
  const [least, greatest] = integerRange(type);
  if (typeof value !== "string" && (whole < least || whole > greatest)) throw beyondRange(text, type);
  if (whole < least || whole > greatest) {
    // Texts go through 32 bits first.
    const [lowest, highest] = integerRange("integer");
    if (type !== "long" && typeof value === "string" && (whole < lowest || whole > highest))
      throw new ValueError(`Value [${text}] is out of range for an integer`);
    throw new ValueError(`Value [${text}] is out of range for ${article(type)} ${type}`);
  }
  return shrink(whole);
};

/** Numbers that are not text are checked by the JSON reader, which knows only int and long. */
const beyondRange = (text: string, type: FieldType): ValueError => {
  if (type !== "long" && type !== "integer") return new ValueError(`Value [${text}] is out of range for a ${type}`);
  const [least, greatest] = integerRange(type);
  const name = type === "long" ? "long" : "int";
  return readerError(
    `Numeric value (${text}) out of range of ${name} (${least} - ${greatest})`,
    "input_coercion_exception",
  );
};

const article = (type: FieldType): string => (type === "integer" ? "an" : "a");

/** The integer as a number when a double holds it exactly. */
export const shrink = (value: bigint): NumberValue =>
  value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;

const wholePart = (text: string, type: FieldType, coerce: boolean): bigint => {
  if (/^[+-]?\d{1,40}$/.test(text)) return BigInt(text.replace(/^\+/, ""));
  const { whole, exact } = truncated(text, type);
  if (!exact && !coerce) throw new ValueError(`${text} cannot be converted to Long without data loss`);
  return whole;
};

const truncated = (text: string, type: FieldType): { readonly whole: bigint; readonly exact: boolean } => {
  const value = DECIMAL.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(value)) {
    if (type === "long") throw new ValueError(`For input string: "${text}"`);
    throw new ValueError(notANumber(text), "number_format_exception");
  }
  if (Math.abs(value) >= 1e19) throw new ValueError(`Value [${text}] is out of range for a long`);
  const whole = Math.trunc(value);
  return { whole: BigInt(whole), exact: whole === value };
};

/**
 * Reads a number for a double or float field; a float is rounded to the nearest.
 *
 * @throws {ValueError} when it is not a finite number.
 */
export const floatValue = (value: Scalar, type: FieldType): number => {
  const text = numberText(value);
  const number = /^[+-]?(?:NaN|Infinity)$/.test(text) ? Number(text) : DECIMAL.test(text) ? Number(text) : undefined;
  if (number === undefined) throw new ValueError(notANumber(text), "number_format_exception");
  const rounded = type === "float" ? Math.fround(number) : number;
  if (!Number.isFinite(rounded)) throw new ValueError(`[${type}] supports only finite values, but got [${rounded}]`);
  return rounded;
};

const numberText = (value: Scalar): string => {
  if (typeof value === "boolean") {
    const token = value ? "VALUE_TRUE" : "VALUE_FALSE";
    const reason = `Current token (${token}) not numeric, can not use numeric value accessors`;
    throw readerError(reason, "json_parse_exception");
  }
  return value instanceof JsonNumber ? value.text : String(value).trim();
};
