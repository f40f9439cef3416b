import { nanosOf } from "../dates/nanos.ts";
import { compileDateFormat, type DateFormat, defaultDateFormat } from "../dates/date-format.ts";
import {
  type DateMathContext,
  DateMathError,
  EMPTY,
  MathError,
  parseDateMath,
  parseExactDateMath,
} from "../dates/date-math.ts";
import type { Zone } from "../dates/zone.ts";
import { ValueError } from "../errors/value-error.ts";
import { JsonNumber, type Scalar } from "../json/json.ts";
import { writeDouble } from "../json/write-json.ts";
import type { LeafField } from "../mapping/field.ts";
import type { FieldType } from "../mapping/fields-view.ts";
import { isMappedIp, parseCidr, parseIp } from "./ip.ts";
import { javaText, parseJavaDouble, parseLong } from "./java-number.ts";
import { notANumber } from "./not-a-number.ts";
import { integerRange } from "./number-value.ts";

/** A number as Java reads a double: whole ones as bigint, others as number; undefined when it is not one. */
const readDouble = (value: Scalar): number | bigint | undefined => {
  const text = javaText(value).trim();
  if (/^[+-]?\d{1,400}$/.test(text)) return BigInt(text.replace(/^\+/, ""));
  const number = parseJavaDouble(text);
  return number === undefined ? undefined : wholeOr(number);
};

/** Longs are read a second time, by a reader that allows neither spaces around a number nor letters after it. */
const isClean = (text: string): boolean => /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text);

/** A number of a query, exact: whole numbers as bigint, others as number. @throws {ValueError} */
export const queryNumber = (value: Scalar, type: FieldType): number | bigint => {
  const number = readDouble(value);
  if (number !== undefined) {
    if (type === "long" && typeof number === "bigint") checkDigits(javaText(value));
    return number;
  }
  if (typeof value === "boolean" && type === "long")
    throw new ValueError(notADigit(javaText(value).charAt(0)), "number_format_exception");
  throw new ValueError(notANumber(javaText(value)), "number_format_exception");
};

/** Does the value stand for a number that no integer field can have? @throws {ValueError} when it is not a number. */
export const hasDecimals = (value: Scalar, type: FieldType): boolean => {
  const number = readDouble(value) ?? queryNumber(value, type);
  return typeof number === "number" && !Number.isInteger(number);
};

/** Is it -0, whatever its decimals? */
export const isNegativeZero = (value: Scalar): boolean =>
  /^-(?:0+\.?0*|\.0+)(?:[eE][+-]?\d+)?[dDfF]?$/.test(javaText(value).trim());

const checkDigits = (text: string): void => {
  if (isClean(text)) return;
  const [wrong = ""] = text.startsWith(text.trim()) ? (/[\sxXdDfF]/.exec(text) ?? []) : [text.charAt(0)];
  throw new ValueError(notADigit(wrong), "number_format_exception");
};

const notADigit = (character: string): string =>
  `Character ${character} is neither a decimal digit number, decimal point, nor "e" notation exponential mark.`;

/** An end of a range of an integer field, or one of several values; it may still have decimals. @throws {ValueError} */
export const queryInteger = (field: LeafField, value: Scalar): number | bigint => {
  const number = readDouble(value) ?? queryNumber(value, field.type);
  if (field.type === "long" && Number.isNaN(number)) throw new ValueError(notANumber(javaText(value)));
  if (Number.isNaN(number)) return 0n;
  const [least, greatest] = integerRange(field.type === "long" ? "long" : "integer");
  if (number < least || number > greatest) {
    const type = field.type === "long" ? "a long" : "an integer";
    throw new ValueError(`Value [${shownBytes(value)}] is out of range for ${type}`);
  }
  if (field.type === "long" && !isClean(javaText(value))) throw new ValueError(notANumber(javaText(value)));
  return number;
};

/** By the time Elasticsearch complains, texts of a request have become bytes, and are shown as such. */
const shownBytes = (value: Scalar): string =>
  typeof value === "string" || isBeyondLong(value)
    ? `[${Array.from(Buffer.from(javaText(value)), (byte) => byte.toString(16)).join(" ")}]`
    : javaText(value);

/** Such numbers are kept as texts, too. */
const isBeyondLong = (value: Scalar): boolean =>
  value instanceof JsonNumber && /^-?\d+$/.test(value.text) && parseLong(value.text) === undefined;

const wholeOr = (value: number): number | bigint =>
  Number.isInteger(value) && Math.abs(value) < 1e25 ? BigInt(value) : value;

/** 0 or 1. @throws {ValueError} */
export const queryBoolean = (value: Scalar): number => {
  if (value === true || value === "true") return 1;
  if (value === false || value === "false") return 0;
  throw new ValueError(`Can't parse boolean value [${javaText(value)}], expected [true] or [false]`);
};

/** @throws {ValueError} */
export const queryIp = (value: Scalar): string => {
  const bytes = parseIp(String(value));
  if (bytes === undefined) throw new ValueError(`'${String(value)}' is not an IP string literal.`);
  return bytes;
};

const LENGTH_RULE = "Must be 0-32 for IPv4 ranges, 0-128 for IPv6 ranges";

/** First and last address of a network. @throws {ValueError} */
export const queryNetwork = (text: string): { readonly first: string; readonly last: string } => {
  // As Java splits: an empty part after the last slash is dropped.
  const parts = text.replace(/\/+$/, "").split("/");
  const [address = "", length = ""] = parts;
  if (parts.length !== 2) throw new ValueError(`Expected [ip/prefix] but was [${text}]`);
  if (isMappedIp(address))
    throw new ValueError(
      `CIDR notation is not allowed with IPv6-mapped IPv4 address [${address} as it introduces ambiguity as to whether the prefix length should be interpreted as a v4 prefix length or a v6 prefix length`,
    );
  const network = parseCidr(parts.join("/"));
  if (network) return network;
  queryIp(address);
  if (/^[+-]?\d+$/.test(length)) throw new ValueError(`Illegal prefix length [${length}] in [${text}]. ${LENGTH_RULE}`);
  throw new ValueError(`For input string: "${length}"`, "number_format_exception");
};

/** How to read a date of a query. */
export interface QueryDateOptions {
  readonly nowMs: number;
  readonly roundUp: boolean;
  readonly format?: DateFormat | undefined;
  readonly zone?: Zone | undefined;
}

const isNumber = (value: Scalar): boolean => typeof value === "number" || value instanceof JsonNumber;

const epochMillis = compileDateFormat("epoch_millis");

/** A number with decimals or an exponent is a double to Java, which writes it in its own way: no format reads that. */
const dateText = (value: Scalar): string => {
  const text = String(value);
  return isNumber(value) && !/^-?\d+$/.test(text) ? writeDouble(Number(text)) : text;
};

/** Milliseconds of a date or date math expression. @throws {ValueError} `parse_exception` */
export const queryDate = (field: LeafField, value: Scalar, options: QueryDateOptions): number =>
  readingDate(field, value, options, parseDateMath);

/** As {@link queryDate}, in nanoseconds. @throws {ValueError} also for dates that a field of nanoseconds cannot have. */
export const queryNanos = (field: LeafField, value: Scalar, options: QueryDateOptions): bigint =>
  nanosOf(readingDate(field, value, options, parseExactDateMath), defaultDateFormat);

const readingDate = <T>(
  field: LeafField,
  value: Scalar,
  options: QueryDateOptions,
  parse: (text: string, context: DateMathContext) => T,
): T => {
  const text = dateText(value);
  try {
    const isLong = isNumber(value) && Math.abs(Number(String(value))) < 2 ** 63;
    const format = options.format ?? (isLong ? epochMillis : field.format);
    return parse(text, { ...options, format });
  } catch (error) {
    if (!(error instanceof DateMathError)) throw error;
    const { message } = error;
    if (error instanceof MathError || message === EMPTY) throw new ValueError(message, "parse_exception");
    throw new ValueError(`${message}: [${message}]`, "parse_exception", {
      type: "illegal_argument_exception",
      reason: message,
      causedBy: { type: "date_time_parse_exception", reason: "Failed to parse with all enclosed parsers" },
    });
  }
};
