import { readerError, ValueError } from "../errors/value-error.ts";
import { JsonNumber, type Scalar } from "../json/json.ts";
import type { FieldType } from "../mapping/fields-view.ts";
import { javaText, parseJavaDouble } from "./java-number.ts";
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
  // A byte is read as an integer first.
  const read = type === "byte" ? "integer" : type;
  const whole = wholePart(text, typeof value === "string", read, coerce);
  const [least, greatest] = integerRange(type);
  if (typeof value !== "string" && (whole < least || whole > greatest)) throw beyondRange(text, type, whole);
  if (whole < least || whole > greatest) throw outOfText(text, whole, type);
  return shrink(whole);
};

/** Numbers that are not text are checked by the JSON reader, which knows only int and long. */
const beyondRange = (text: string, type: FieldType, whole: bigint): ValueError => {
  const [least, greatest] = integerRange("integer");
  const [leastShort, greatestShort] = integerRange("short");
  if (type === "long") return beyondReader(text, type);
  if (type === "byte" && whole >= least && whole <= greatest) return outOfRange(String(whole), type);
  if (whole >= least && whole <= greatest)
    return whole >= leastShort && whole <= greatestShort
      ? outOfRange(text, type)
      : readerError(`Numeric value (${text}) out of range of Java short`, "input_coercion_exception");
  return beyondReader(text, type);
};

const beyondReader = (text: string, type: FieldType): ValueError => {
  const [least, greatest] = integerRange(type === "long" ? "long" : "integer");
  const name = type === "long" ? "long" : "int";
  return readerError(
    `Numeric value (${text}) out of range of ${name} (${least} - ${greatest})`,
    "input_coercion_exception",
  );
};

const outOfText = (text: string, whole: bigint, type: FieldType): ValueError => {
  if (type !== "byte") return outOfRange(text, type);
  const [least, greatest] = integerRange("integer");
  return whole < least || whole > greatest ? outOfRange(text, "integer") : outOfRange(String(whole), type);
};

const outOfRange = (text: string, type: FieldType): ValueError =>
  new ValueError(`Value [${text}] is out of range for ${article(type)} ${type}`);

const article = (type: FieldType): string => (type === "integer" ? "an" : "a");

/** The integer as a number when a double holds it exactly. */
export const shrink = (value: bigint): NumberValue =>
  value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;

/** Longs have a reader of their own, which takes no spaces, no suffixes and no words. */
const wholePart = (text: string, isText: boolean, type: FieldType, coerce: boolean): bigint => {
  if (/^[+-]?\d{1,40}$/.test(text)) return BigInt(text.replace(/^\+/, ""));
  const cut = type === "long" ? cutLong(text, isText) : cutDouble(text, isText, type);
  if (!cut.exact && !coerce)
    throw new ValueError(
      `${isText ? text : javaText(new JsonNumber(text))} cannot be converted to ${type.charAt(0).toUpperCase()}${type.slice(1)} without data loss`,
    );
  return cut.whole;
};

interface Cut {
  readonly whole: bigint;
  /** Were there no decimals? */
  readonly exact: boolean;
}

const cutLong = (text: string, isText: boolean): Cut => {
  if (!DECIMAL.test(text)) throw new ValueError(`For input string: "${text}"`);
  const value = Number(text);
  if (!isText) return cutNumber(value, text);
  if (!(Math.abs(value) < 1e19)) throw outOfRange(text, "long");
  return cutDigits(text);
};

const [, GREATEST_LONG] = integerRange("long");

/** The JSON reader takes a number with a point or an exponent for a double; the one next to the greatest long is that to it. */
const cutNumber = (value: number, text: string): Cut => {
  if (!(Math.abs(value) <= Number(GREATEST_LONG))) throw beyondReader(text, "long");
  const whole = BigInt(Math.trunc(value));
  return { whole: whole > GREATEST_LONG ? GREATEST_LONG : whole, exact: Number.isInteger(value) };
};

/** Of a text all digits count. */
const cutDigits = (text: string): Cut => {
  const [, sign, whole = "", fraction = "", exponent = "0"] = DIGITS.exec(text) ?? [];
  const digits = (whole + fraction).replace(/^0+/, "");
  const point = digits.length - fraction.length + Number(exponent);
  if (digits === "" || point <= 0) return { whole: 0n, exact: digits === "" };
  const magnitude = BigInt(digits.slice(0, point).padEnd(point, "0"));
  return { whole: sign === "-" ? -magnitude : magnitude, exact: /^0*$/.test(digits.slice(point)) };
};

const DIGITS = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/;

/** Of texts the decimals count, too: 127.5 is beyond a byte. */
const cutDouble = (text: string, isText: boolean, type: FieldType): Cut => {
  const value = parseJavaDouble(text);
  if (value === undefined) throw new ValueError(notANumber(text), "number_format_exception");
  const [least, greatest] = integerRange(type);
  if (isText && (value < least || value > greatest)) throw outOfRange(text, type);
  if (!Number.isFinite(value) && !Number.isNaN(value)) throw isText ? outOfRange(text, type) : beyondReader(text, type);
  const whole = Number.isNaN(value) ? 0 : Math.trunc(value);
  return { whole: BigInt(whole), exact: whole === value };
};

/**
 * Reads a number for a double or float field; a float is rounded to the nearest.
 *
 * @throws {ValueError} when it is not a finite number.
 */
export const floatValue = (value: Scalar, type: FieldType): number => {
  const text = numberText(value);
  const number = parseJavaDouble(text);
  if (number === undefined) throw new ValueError(notANumber(text), "number_format_exception");
  const rounded = type === "float" ? Math.fround(number) : number;
  if (!Number.isFinite(rounded)) throw new ValueError(`[${type}] supports only finite values, but got [${rounded}]`);
  // Minus zero is zero.
  return rounded + 0;
};

/** A number as it was written. @throws {ValueError} for a boolean. */
export const numberText = (value: Scalar): string => {
  if (typeof value === "boolean") {
    const token = value ? "VALUE_TRUE" : "VALUE_FALSE";
    const reason = `Current token (${token}) not numeric, can not use numeric value accessors`;
    throw readerError(reason, "json_parse_exception");
  }
  return value instanceof JsonNumber ? value.text : String(value);
};
