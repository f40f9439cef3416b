import { compileDateFormat, type DateFormat, defaultDateFormat } from "../dates/date-format.ts";
import { illegalArgument, ApiError } from "../errors/api-error.ts";
import type { Columns } from "../index/columns.ts";
import type { NumbersColumn } from "../index/numbers-column.ts";
import { type Json, numberOf, showJson } from "../json/json.ts";
import { Double, type Writable } from "../json/write-json.ts";
import type { LeafField } from "../mapping/field.ts";
import { parseIp } from "../values/ip.ts";
import { compareTerms } from "../values/term-order.ts";
import type { SegmentScope, SearchTarget } from "./scope.ts";
import { sortTypeOf, type SortType, type SortValue, valueReader } from "./sort-key.ts";
import type { SortField } from "./sort.ts";

/** Reads one sort value of a document of one segment. */
export type SortReader = (document: number, score: () => number) => SortValue;

/** A sort key bound to the mappings of a search. */
export interface SortKey {
  /** Negative when `a` comes first. */
  compare(a: SortValue, b: SortValue): number;
  reader(scope: SegmentScope): SortReader;
  show(value: SortValue): Writable;
  /** Reads one value of `search_after`. */
  after(value: Json): SortValue;
  readonly needsScore: boolean;
  /** The best values that documents of a segment can have; undefined when only a look at each would show. */
  bound?(scope: SegmentScope): SortBound | undefined;
}

/** Lets a search skip documents that cannot be among the best. */
export interface SortBound {
  readonly segment: SortValue;
  /** The best value in the block of a document. */
  block(document: number): SortValue;
}

/** @throws {ApiError} when this index cannot sort by one of the fields. */
export const checkSort = (sort: readonly SortField[], target: SearchTarget): void => {
  for (const key of sort) checkKey(key, target);
};

const checkKey = ({ field: name, unmappedType }: SortField, target: SearchTarget): void => {
  if (isOwn(name)) return;
  if (name === "_id") throw illegalArgument(ID_FIELDDATA);
  const field = target.mapping.field(name);
  if (field === undefined && unmappedType === undefined)
    throw new ApiError(400, {
      type: "query_shard_exception",
      reason: `No mapping found for [${name}] in order to sort on`,
    });
  if (field) checkFieldData(field, target.name);
  if (field?.type === "geo_point")
    throw illegalArgument(
      "can't sort on geo_point or point field without using specific sorting feature, like geo_distance",
    );
};

export const ID_FIELDDATA =
  "Fielddata access on the _id field is disallowed, you can re-enable it by updating the dynamic cluster setting: indices.id_field_data.enabled";

/** @throws {ApiError} when values cannot be read document by document. */
export const checkFieldData = (field: LeafField, indexName: string): void => {
  if (field.type === "text")
    throw illegalArgument(
      `Fielddata is disabled on [${field.name}] in [${indexName}]. Text fields are not optimised for operations that require per-document field data like aggregations and sorting, so these operations are disabled by default. Please use a keyword field instead. Alternatively, set fielddata=true on [${field.name}] in order to load field data by uninverting the inverted index. Note that this can use significant memory.`,
    );
  if (!field.docValues)
    throw illegalArgument(
      `Can't load fielddata on [${field.name}] because fielddata is unsupported on fields of type [${field.type}]. Use doc values instead.`,
    );
};

const isOwn = (name: string): boolean => name === "_score" || name === "_doc" || name === "_shard_doc";

/** Binds the sort to the first index that maps each field. */
export const bindSort = (sort: readonly SortField[], targets: readonly SearchTarget[]): readonly SortKey[] =>
  sort.map((key) => (isOwn(key.field) ? ownKey(key) : fieldKey(key, targets)));

/** What {@link SegmentScope.shard} counts by in `_shard_doc`. */
const SHARD_STEP = 2 ** 32;

const ownKey = ({ field, descending }: SortField): SortKey => {
  const sign = descending ? -1 : 1;
  const needsScore = field === "_score";
  const base = (scope: SegmentScope): number =>
    scope.view.base + (field === "_shard_doc" ? scope.shard * SHARD_STEP : 0);
  return {
    needsScore,
    compare: (a, b) => sign * (Number(a) - Number(b)),
    reader: (scope) => (needsScore ? (_document, score) => score() : (document) => base(scope) + document),
    // Documents are visited in this order, so each one bounds those after it.
    bound: (scope) =>
      needsScore || descending ? undefined : { segment: base(scope), block: (document) => base(scope) + document },
    show: (value) => (needsScore ? new Double(Number(value)) : value),
    after: (value) => numberOf(value) ?? Number(showJson(value)),
  };
};

const fieldKey = (key: SortField, targets: readonly SearchTarget[]): SortKey => {
  const field = targets.map((target) => target.mapping.field(key.field)).find((found) => found !== undefined);
  const format = key.format === undefined ? undefined : compileDateFormat(key.format);
  const type = sortTypeOf(field?.type ?? key.unmappedType ?? "long", format);
  const missing = missingOf(key, type, field);
  const greatest = key.mode === "max";
  return {
    needsScore: false,
    compare: comparison(type, key, missing.last),
    reader: (scope) => {
      const read = valueReader(scope.target.mapping.field(key.field), scope.view, greatest);
      return missing.value === null ? read : (document) => read(document) ?? missing.value;
    },
    bound: (scope) => boundOf(scope, key),
    show: (value) => type.show(value, missing.last, key.descending),
    after: (value) => afterValue(value, key, field, type, format ?? field?.format ?? defaultDateFormat),
  };
};

/** Columns keep the least and greatest value of each block. Only where missing values come last are those the best. */
const boundOf = (
  { target, view }: SegmentScope,
  { field, descending, missing, mode }: SortField,
): SortBound | undefined => {
  const { columns } = view.segment;
  const span = target.mapping.field(field) && columns.span(field);
  if (missing !== "_last" || descending !== (mode === "max") || span === undefined) return undefined;
  const finite = (value: number): SortValue => (Number.isFinite(value) ? value : null);
  // Many segments are left out by their bound alone, and their columns are not read.
  let read: NumbersColumn | undefined;
  const column = (): NumbersColumn | undefined => (read ??= numbersOf(columns, field));
  return {
    segment: finite(descending ? span.greatest : span.least),
    block: (document) => finite((descending ? column()?.blockGreatest(document) : column()?.blockLeast(document)) ?? 0),
  };
};

const numbersOf = (columns: Columns, field: string): NumbersColumn | undefined => {
  const column = columns.get(field);
  return column?.kind === "numbers" ? column : undefined;
};

const missingOf = (
  { missing }: SortField,
  type: SortType,
  field: LeafField | undefined,
): { last: boolean; value: SortValue } => {
  if (missing === "_last" || missing === "_first") return { last: missing === "_last", value: null };
  if (type.kind === "terms") {
    const text = showJson(missing);
    return { last: true, value: field?.type === "ip" ? (parseIp(text) ?? text) : text };
  }
  return { last: true, value: numberOf(missing) ?? Number(showJson(missing)) };
};

const comparison = (type: SortType, { descending }: SortField, missingLast: boolean): SortKey["compare"] => {
  const sign = descending ? -1 : 1;
  const compareValues = type.kind === "terms" ? compareText : compareNumbers;
  return (a, b) => {
    if (a === null || b === null) return a === b ? 0 : (a === null) === missingLast ? 1 : -1;
    return sign * compareValues(a, b);
  };
};

const compareText = (a: NonNullable<SortValue>, b: NonNullable<SortValue>): number =>
  compareTerms(String(a), String(b));

const compareNumbers = (a: NonNullable<SortValue>, b: NonNullable<SortValue>): number => (a < b ? -1 : a > b ? 1 : 0);

const afterValue = (
  value: Json,
  { field: name }: SortField,
  field: LeafField | undefined,
  type: SortType,
  format: DateFormat,
): SortValue => {
  if (value === null) return null;
  const text = showJson(value);
  if (type.kind === "terms") return field?.type === "ip" ? (parseIp(text) ?? text) : text;
  if (text === "Infinity" || text === "-Infinity") return null;
  const number = wholeOf(text) ?? numberOf(value) ?? (typeof value === "string" ? Number(text) : Number.NaN);
  if (!Number.isNaN(Number(number)) && text.trim() !== "") return beyond(number) ? null : number;
  const date = field?.type === "date" ? format.parse(text) : undefined;
  if (date !== undefined) return date;
  throw illegalArgument(`Failed to parse search_after value for field [${name}].`, {
    type: "number_format_exception",
    reason: `For input string: "${text}"`,
  });
};

const wholeOf = (text: string): number | bigint | undefined => (/^-?\d{16,}$/.test(text) ? BigInt(text) : undefined);

/** The numbers that stand for a missing value. JavaScript clients round them. */
const beyond = (number: number | bigint): boolean => Math.abs(Number(number)) >= 2 ** 63;
