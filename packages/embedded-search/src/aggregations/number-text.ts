import { compileDateFormat } from "../dates/date-format.ts";
import { illegalArgument } from "../errors/api-error.ts";
import type { SegmentScope } from "../hits/scope.ts";
import { type Json, numberOf } from "../json/json.ts";
import { isDate, isNumeric, type LeafField } from "../mapping/field.ts";
import { compileDecimalFormat } from "../values/decimal-format.ts";
import { givenBy, keyStyle, missingKey, readDecimal } from "./keys.ts";
import { typeName } from "./metadata-field.ts";

/** How a number of a field is shown as text beside itself; undefined = it is not. */
export type NumberText = ((value: number) => string) | undefined;

/**
 * @param format - Of the request. Fields without a mapping are taken for numbers.
 * @throws {ApiError} 400 for a format that is none, or of a field that has none.
 */
export const textOfNumbers = (field: LeafField | undefined, format: string | undefined): NumberText => {
  if (field !== undefined && isDate(field.type)) {
    const dates = format === undefined ? field.format : compileDateFormat(format);
    return (value) => dates.print(value);
  }
  checkFormat(field, format);
  if (field?.type === "boolean") return (value) => (value === 0 ? "false" : "true");
  if (format === undefined) return undefined;
  const numbers = compileDecimalFormat(format);
  return (value) => numbers.ofDouble(value);
};

/** @throws {ApiError} 400 for a format of a field that is shown in none but its own way. */
export const checkFormat = (field: LeafField | undefined, format: string | undefined): void => {
  if (field === undefined || format === undefined || isDate(field.type) || isNumeric(field.type)) return;
  throw illegalArgument(`Field [${field.name}] of type [${typeName(field)}] does not support custom formats`);
};

/** @throws {ApiError} 400 when the values of the field are no numbers. */
export const checkNumbers = (field: LeafField | undefined, aggregation: string): void => {
  if (field?.type !== "keyword" && field?.type !== "ip") return;
  throw illegalArgument(
    `Field [${field.name}] of type [${typeName(field)}] is not supported for aggregation [${aggregation}]`,
  );
};

/** A number that a request gives as a text in its own format, or as a number. */
export const givenNumber = (value: Json, format: string | undefined): number => {
  if (format === undefined || numberOf(value) !== undefined) return readDecimal(value);
  return givenBy(compileDecimalFormat(format), format, value);
};

/** What counts for documents without a value; undefined when the request names nothing. */
export const missingNumber = (
  value: Json | undefined,
  field: LeafField | undefined,
  format: string | undefined,
  { context: { nowMs } }: SegmentScope,
): number | undefined => {
  if (value === undefined) return undefined;
  if (field === undefined || isNumeric(field.type)) return givenNumber(value, format);
  const key = missingKey(keyStyle(field, format), value, nowMs);
  // Keywords and addresses are only counted.
  return typeof key === "string" ? 0 : Number(key);
};

/**
 * Reads the only number of a document, NaN when it has none. undefined when documents may have several, or ones that a double
 * does not hold.
 */
export const singleNumberOf = (
  field: LeafField | undefined,
  { view }: SegmentScope,
  missing: number | undefined,
): ((document: number) => number) | undefined => {
  const column = field && view.segment.columns.get(field.name);
  if (column?.kind !== "numbers" || !column.isSingle || Number.isNaN(missing)) return undefined;
  if (missing === undefined) return (document) => column.first(document);
  return (document) => (column.has(document) ? column.first(document) : missing);
};

/** Visits each number of each document of a segment, the same one as often as it is there. */
export const numbersOf = (
  field: LeafField | undefined,
  scope: SegmentScope,
  missing: number | undefined,
): ((document: number, visit: (value: number) => void) => void) => {
  const column = field && scope.view.segment.columns.get(field.name);
  const numbers = column?.kind === "numbers" ? column : undefined;
  if (numbers?.isSingle === true && missing === undefined)
    return (document, visit) => {
      if (numbers.has(document)) visit(numbers.first(document));
    };
  return (document, visit) => {
    if (numbers?.has(document) === true) numbers.each(document, (value) => visit(Number(value)));
    else if (missing !== undefined) visit(missing);
  };
};
