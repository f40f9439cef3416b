import type { DateFormat } from "../dates/date-format.ts";
import { illegalArgument, ApiError } from "../errors/api-error.ts";
import { ValueError } from "../errors/value-error.ts";
import { isScalar, type Json, JsonNumber, type Scalar } from "../json/json.ts";
import { isDate, type LeafField } from "../mapping/field.ts";
import { javaText, parseJavaDouble, parseLong, toLong } from "../values/java-number.ts";
import { notANumber } from "../values/not-a-number.ts";
import { queryDate, queryIp, queryNanos } from "../values/query-value.ts";
import type { SortKind, SortValue } from "./sort-type.ts";

/** The field that one value of `search_after` is for, in one index. */
export interface AfterTarget {
  /** null for what is no field. */
  readonly name: string | null;
  readonly kind: SortKind;
  readonly position: number;
  /** undefined = no mapping has it. */
  readonly field: LeafField | undefined;
  readonly format: DateFormat | undefined;
}

/** Reads one value of `search_after` by what it is compared with. @throws {ApiError} 400 */
export const afterValue = (value: Json, target: AfterTarget): SortValue => {
  const { name, kind, position, field } = target;
  if (value === null) {
    if (kind === "STRING") return null;
    throw illegalArgument(
      `[search_after] value at position ${position} cannot be null for sort field [${name}] of type [${kind}].`,
    );
  }
  if (!isScalar(value)) throw illegalArgument("Values must contains at least one value.");
  if (kind === "STRING") return field?.type === "ip" ? asArgument(() => queryIp(value)) : javaText(value);
  const number = jsonNumber(value);
  if (kind === "FLOAT" || kind === "DOUBLE" || kind === "SCORE") return decimal(number, value, target);
  if (kind === "LONG") return number === undefined ? longText(value, target) : toWhole(number);
  return number === undefined ? inRange(integerText(value, target)) : toInteger(number);
};

/** Elasticsearch keeps numbers beyond a long as their text. */
const jsonNumber = (value: Scalar): Scalar | undefined => {
  if (typeof value === "number") return value;
  if (!(value instanceof JsonNumber)) return undefined;
  return /^-?\d+$/.test(value.text) && parseLong(value.text) === undefined ? undefined : value;
};

const toWhole = (number: Scalar): number | bigint => parseLong(String(number)) ?? toLong(Number(number));

/** What is greater than an integer is taken for the greatest one; of what is less, Java keeps the lowest 32 bits. */
const toInteger = (number: Scalar): number => {
  const whole = parseLong(String(number));
  if (whole === undefined) return inRange(toLong(Number(number)));
  return whole > 0 ? inRange(whole) : Number(BigInt.asIntN(32, BigInt(whole)));
};

const inRange = (value: number | bigint): number => Math.min(2147483647, Math.max(-2147483648, Number(value)));

/** NaN is greater than everything to Java. */
const decimal = (number: Scalar | undefined, value: Scalar, target: AfterTarget): number => {
  const read = number === undefined ? parseJavaDouble(String(value)) : Number(number);
  if (read === undefined) throw failed(target, notANumber(String(value)));
  if (Number.isNaN(read)) return Number.POSITIVE_INFINITY;
  return target.kind === "DOUBLE" ? read : Math.fround(read);
};

const integerText = (value: Scalar, target: AfterTarget): number | bigint => {
  const number = parseLong(String(value));
  if (number === undefined || number !== inRange(number)) throw failed(target, `For input string: "${String(value)}"`);
  return number;
};

const longText = (value: Scalar, target: AfterTarget): number | bigint => {
  const { field, format } = target;
  const text = String(value);
  if (field?.type === "boolean") return booleanOf(text);
  if (field && isDate(field.type)) return dateOf(text, field, format);
  const decimal = parseLong(text) ?? parseJavaDouble(text);
  if (decimal === undefined) throw failed(target, notANumber(text));
  return typeof decimal === "bigint" ? decimal : toLong(Math.floor(decimal));
};

const booleanOf = (text: string): number => {
  if (text === "true") return 1;
  if (text === "false") return 0;
  throw illegalArgument(`Cannot parse boolean [${text}], expected either [true] or [false]`);
};

/** Milliseconds that no number of JavaScript is exact for, the one that stands for a missing date among them. */
const LARGE = /^9\d{18}$/;

const dateOf = (text: string, field: LeafField, format: DateFormat | undefined): number | bigint => {
  if (text.startsWith("now"))
    throw new ApiError(400, {
      type: "parse_exception",
      reason: "could not read the current timestamp",
      causedBy: { type: "illegal_state_exception", reason: "now() is not allowed in [search_after] key" },
    });
  const options = { nowMs: 0, roundUp: false, format };
  const date = asArgument(() => (field.nanos ? queryNanos(field, text, options) : queryDate(field, text, options)));
  return LARGE.test(text) ? (parseLong(text) ?? date) : date;
};

/** Here an unreadable value is an error of its own, not one of the query. */
const asArgument = <T>(read: () => T): T => {
  try {
    return read();
  } catch (error) {
    if (error instanceof ValueError) throw new ApiError(400, error);
    throw error;
  }
};

const failed = ({ name }: AfterTarget, reason: string): ApiError =>
  illegalArgument(`Failed to parse search_after value for field [${name}].`, {
    type: "number_format_exception",
    reason,
  });
