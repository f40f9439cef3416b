import type { Normalizer } from "../analysis/normalizer.ts";
import type { DateFormat } from "../dates/date-format.ts";
import type { Json, Scalar } from "../json/json.ts";
import type { FieldType, FieldView } from "./fields-view.ts";

/** A field that holds values. */
export interface LeafField extends FieldView {
  readonly kind: "leaf";
  /** Parameters as declared, without `type` and `fields`, in the order they are shown. */
  readonly params: ReadonlyMap<string, Json>;
  /** False for `doc_values: false`: no sorting, no aggregations. */
  readonly docValues: boolean;
  /** Indexed in place of an explicit null. */
  readonly nullValue: Scalar | undefined;
  /** Keyword: values of more UTF-16 units than this are not indexed. */
  readonly ignoreAbove: number;
  /** Numbers: text is read as a number and decimals are truncated. */
  readonly coerce: boolean;
  /** A malformed value is ignored instead of rejecting the document. undefined = as the index says. */
  readonly ignoreMalformed: boolean | undefined;
  /** Dates: how they are parsed and printed. */
  readonly format: DateFormat;
  /** Dates to the nanosecond: where those are kept. The field itself has their milliseconds. */
  readonly nanos: LeafField | undefined;
  /** Keyword: brings values into one form. */
  readonly normalizer: Normalizer | undefined;
  /** Paths of fields that get the same values. */
  readonly copyTo: readonly string[];
  /** Positions between two values of a text field. */
  readonly positionGap: number;
  /** The same value indexed in other ways, under `name.key`. */
  readonly fields: ReadonlyMap<string, LeafField>;
}

/** Whether unknown fields are added to the mapping (`true`), ignored (`false`) or rejected (`strict`). */
export type Dynamic = "true" | "false" | "strict";

/** An object of the mapping, or its root (name ""). */
export interface ObjectField {
  readonly kind: "object";
  readonly name: string;
  /** False: neither parsed nor indexed, only kept in `_source`. */
  readonly enabled: boolean;
  /** undefined = as the object above it. */
  readonly dynamic: Dynamic | undefined;
  /** As declared. False: it is flat, its properties are leaves alone and their keys may have dots. */
  readonly subobjects: boolean | undefined;
  readonly properties: ReadonlyMap<string, Field>;
}

/** Another name for a leaf of the same mapping: it can be searched and not written. */
export interface AliasField {
  readonly kind: "alias";
  readonly name: string;
  /** Full path of the leaf. */
  readonly path: string;
}

export type Field = LeafField | ObjectField | AliasField;

export const isInteger = (type: FieldType): boolean =>
  type === "long" || type === "integer" || type === "short" || type === "byte";

export const isNumeric = (type: FieldType): boolean => isInteger(type) || type === "double" || type === "float";

export const isDate = (type: string): boolean => type === "date" || type === "date_nanos";

export const isString = (type: FieldType): boolean => type === "text" || type === "keyword";
