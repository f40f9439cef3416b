import { compileDateFormat, type DateFormat } from "../dates/date-format.ts";
import { ApiError, illegalArgument } from "../errors/api-error.ts";
import type { SegmentScope } from "../hits/scope.ts";
import { checkFieldData } from "../hits/check-sort.ts";
import { type Json, JsonNumber, numberOf, showJson } from "../json/json.ts";
import { Double, type Writable } from "../json/write-json.ts";
import { isDate, isInteger, isNumeric, type LeafField } from "../mapping/field.ts";
import { compileDecimalFormat, type DecimalFormat } from "../values/decimal-format.ts";
import { hashOfBytes, mixedBits, sortableBits } from "../values/hashes.ts";
import { formatIp, parseIp } from "../values/ip.ts";
import { compareTerms } from "../values/term-order.ts";
import { metadataField, metadataReader, typeName } from "./metadata-field.ts";
import { readDateText } from "./read-date.ts";

/** What documents are grouped by: a term, or a number (dates in ms, booleans 0 and 1). */
export type Key = string | number | bigint;

/** Calls back for each distinct key of a document. */
export type EachKey = (document: number, visit: (key: Key) => void) => void;

/**
 * The field of an aggregation in one index.
 *
 * @throws {ApiError} when the field has no values that can be read document by document.
 */
export const aggregatedField = (name: string, scope: SegmentScope, aggregation: string): LeafField | undefined => {
  const own = metadataField(name);
  if (own) return own;
  const field = scope.target.mapping.field(name);
  if (field === undefined) return undefined;
  checkFieldData(field, scope.target.name);
  if (field.type === "geo_point")
    throw illegalArgument(`Field [${name}] of type [geo_point] is not supported for aggregation [${aggregation}]`);
  return field;
};

/** Reads the keys of documents of one segment. `missing` stands for the key of those without any. */
export const keyReader = (field: LeafField | undefined, scope: SegmentScope, missing: Key | undefined): EachKey => {
  const read = presentKeys(field, scope);
  if (missing === undefined) return read;
  return (document, visit) => {
    let found = 0;
    read(document, (key) => {
      found++;
      visit(key);
    });
    if (found === 0) visit(missing);
  };
};

const presentKeys = (field: LeafField | undefined, scope: SegmentScope): EachKey => {
  const own = field && metadataReader(field, scope);
  if (own) return (document, visit) => own(document).forEach(visit);
  const column = field && scope.view.segment.columns.get(field.name);
  if (column === undefined || column.kind === "text") return () => undefined;
  if (column.kind === "terms")
    return (document, visit) => column.each(document, (term) => visit(column.dictionary.term(term)));
  return (document, visit) => {
    let last: Key | undefined;
    column.each(document, (value) => {
      if (value !== last) visit(value);
      last = value;
    });
  };
};

/** How keys of one field are shown and compared. */
export interface KeyStyle {
  show(key: Key): Writable;
  /** `key_as_string`; undefined = not shown. */
  text(key: Key): string | undefined;
  compare(a: Key, b: Key): number;
  /** Reads a key as written in a request: `missing`, `after`, `include`. Without a time, there is no `now`. */
  read(value: Json, nowMs: number | undefined): Key;
  readonly isBoolean?: true;
  readonly isDate?: true;
  /** Can a regular expression choose among the keys? */
  readonly isText?: true;
  readonly isNumber?: true;
  /** Of numbers that are shown in a format: how they are without it. */
  readonly plain?: KeyStyle;
  /** What a request for one of several parts of all keys goes by. */
  hash(key: Key): bigint;
}

/** A key as a request gives it for `missing` or `after`, where a boolean may also be a number, and a date milliseconds whatever its format. */
export const givenKey = (style: KeyStyle, value: Json, nowMs: number): Key => {
  const number = numberOf(value);
  if (number !== undefined && (style.isDate === true || style.isBoolean === true)) return Math.trunc(number);
  return (number === undefined ? style : (style.plain ?? style)).read(value, nowMs);
};

/** The key of documents without any, when the request names one. */
export const missingKey = (style: KeyStyle, value: Json | undefined, nowMs: number): Key | undefined =>
  value === undefined ? undefined : givenKey(style, value, nowMs);

const compareNumbers = (a: Key, b: Key): number => (a < b ? -1 : a > b ? 1 : 0);
const compareText = (a: Key, b: Key): number => compareTerms(String(a), String(b));

const wide = (key: Key): Writable => (typeof key === "bigint" ? new JsonNumber(String(key)) : key);

const keywordStyle: KeyStyle = {
  isText: true,
  show: (key) => key,
  text: () => undefined,
  compare: compareText,
  read: showJson,
  hash: (key) => BigInt(hashOfBytes(Buffer.from(String(key)))),
};

const ipStyle: KeyStyle = {
  text: () => undefined,
  compare: compareText,
  show: (key) => formatIp(String(key)),
  read: (value) => {
    const bytes = parseIp(showJson(value));
    if (bytes === undefined) throw illegalArgument(`'${showJson(value)}' is not an IP string literal.`);
    return bytes;
  },
  hash: (key) => BigInt(hashOfBytes(Buffer.from(String(key), "latin1"))),
};

const numberFormat = (text: string): ApiError =>
  new ApiError(400, { type: "number_format_exception", reason: `For input string: "${text}"` });

const readNumber = (value: Json): Key => {
  const text = showJson(value);
  if (/^-?\d{16,}$/.test(text)) return BigInt(text);
  const number = numberOf(value) ?? Number(text);
  if (Number.isNaN(number) || text.trim() === "") throw numberFormat(text);
  return number;
};

/** A number that a request gives as text in a format. @throws {ApiError} 400 when it is not in that format. */
export const givenBy = (decimal: DecimalFormat, format: string, value: Json): number => {
  const number = decimal.read(showJson(value));
  if (number !== undefined) return number;
  throw illegalArgument(`Cannot parse the value [${showJson(value)}] using the pattern [${format}]`);
};

/** A number as metrics take it, with all its decimals. */
export const readDecimal = (value: Json): number => {
  if (showJson(value).trim() === "")
    throw new ApiError(400, { type: "number_format_exception", reason: "empty String" });
  return Number(readNumber(value));
};

/** A number without its decimals. */
export const readWhole = (value: Json): Key => {
  const number = readNumber(value);
  return typeof number === "number" ? Math.trunc(number) : number;
};

const longStyle: KeyStyle = {
  isNumber: true,
  show: wide,
  text: () => undefined,
  compare: compareNumbers,
  read: readWhole,
  hash: (key) => mixedBits(BigInt(key)),
};
const doubleStyle: KeyStyle = {
  ...longStyle,
  show: (key) => new Double(Number(key)),
  read: readNumber,
  hash: (key) => mixedBits(sortableBits(Number(key))),
};

const formattedStyle = (plain: KeyStyle, format: string): KeyStyle => {
  const decimal = compileDecimalFormat(format);
  const isWhole = plain === longStyle;
  return {
    ...plain,
    plain,
    text: (key) =>
      isWhole ? decimal.ofWhole(typeof key === "bigint" ? key : Number(key)) : decimal.ofDouble(Number(key)),
    read: (value) => (isWhole ? Math.trunc : Number)(givenBy(decimal, format, value)),
  };
};

const booleanStyle: KeyStyle = {
  ...longStyle,
  isBoolean: true,
  text: (key) => (key === 0 ? "false" : "true"),
  read: (value) => {
    const text = showJson(value);
    if (text === "true" || text === "false") return text === "true" ? 1 : 0;
    throw illegalArgument(`Cannot parse boolean [${text}], expected either [true] or [false]`);
  },
};

const dateStyle = (format: DateFormat): KeyStyle => ({
  ...longStyle,
  isDate: true,
  text: (key) => format.print(Number(key)),
  read: (value, nowMs) => readDateText(showJson(value), { format, nowMs }),
});

/**
 * @param format - Of the request; dates and numbers only.
 * @param missing - Of the request: one with decimals makes decimals of all keys.
 * @throws {ApiError} 400 for a format of a field that has none.
 */
export const keyStyle = (field: LeafField | undefined, format?: string, missing?: Json): KeyStyle => {
  if (field === undefined) return keywordStyle;
  if (format !== undefined && !isDate(field.type) && !isNumeric(field.type)) throw noFormat(field);
  switch (field.type) {
    case "keyword":
      return keywordStyle;
    case "ip":
      return ipStyle;
    case "boolean":
      return booleanStyle;
    case "date":
    case "date_nanos":
      return dateStyle(format === undefined ? field.format : compileDateFormat(format));
    default: {
      const plain = isInteger(field.type) && !isDecimal(missing) ? longStyle : doubleStyle;
      return format === undefined ? plain : formattedStyle(plain, format);
    }
  }
};

const isDecimal = (value: Json | undefined): boolean => {
  const number = value === undefined ? 0 : Number(showJson(value));
  return Number.isFinite(number) && number % 1 !== 0;
};

const noFormat = (field: LeafField): ApiError =>
  illegalArgument(`Field [${field.name}] of type [${typeName(field)}] does not support custom formats`);
