import { compileDateFormat, type DateFormat } from "../dates/date-format.ts";
import { LAST_NANO } from "../dates/nanos.ts";
import { illegalArgument } from "../errors/api-error.ts";
import type { Columns } from "../index/columns.ts";
import type { NumbersColumn } from "../index/numbers-column.ts";
import type { Json } from "../json/json.ts";
import { Double, type Writable } from "../json/write-json.ts";
import { isDate, isNumeric, type LeafField } from "../mapping/field.ts";
import { formatIp } from "../values/ip.ts";
import { compareTerms } from "../values/term-order.ts";
import { ANONYMOUS, INDEX_NAME, isOwn } from "./check-sort.ts";
import { rawBytes } from "./raw-bytes.ts";
import type { SegmentScope, SearchTarget } from "./scope.ts";
import { afterValue } from "./search-after.ts";
import { missingValue } from "./sort-missing.ts";
import { type SortAhead, termsAhead } from "./sort-ahead.ts";
import { type Choice, valueReader } from "./sort-reader.ts";
import { namesType, type SortKind, sortTypeOf, type SortType, type SortValue } from "./sort-type.ts";
import type { SortField } from "./sort.ts";

/** Reads one sort value of a document of one segment. */
export type SortReader = (document: number, score: () => number) => SortValue;

/** A sort key. Each index of a search reads, shows and continues after its values by its own mapping. */
export interface SortKey {
  readonly name: string;
  /** What messages call the field of an index. */
  nameIn(target: SearchTarget): string;
  /** Negative when `a` comes first. */
  compare(a: SortValue, b: SortValue): number;
  reader(scope: SegmentScope): SortReader;
  /**
   * @param asDecimal - Indices have different numbers, so all are shown as doubles.
   * @param last - The last index that was asked: only where it has addresses are bytes shown as such.
   */
  show(value: SortValue, target: SearchTarget, asDecimal: boolean, last: SearchTarget): Writable;
  /** Reads one value of `search_after`, given its position. */
  after(value: Json, position: number, target: SearchTarget): SortValue;
  kindOf(target: SearchTarget): SortKind;
  /** Is it an address, whose bytes are shown in their own way? */
  isAddress(target: SearchTarget): boolean;
  /** The best values that documents of a segment can have; undefined when only a look at each would show. */
  bound?(scope: SegmentScope): SortBound | undefined;
  /** Passes over documents that cannot be among the best; reads the column. undefined when only a look at each would show. */
  ahead?(scope: SegmentScope): SortAhead | undefined;
}

/** Lets a search skip documents that cannot be among the best. */
export interface SortBound {
  readonly segment: SortValue;
  /** The best value in the block of a document. */
  block(document: number): SortValue;
  /** Is no block better than the one before it? Absent: not known. */
  readonly isInOrder?: true;
}

/** What the sort compares by. */
export const bindSort = (sort: readonly SortField[]): readonly SortKey[] =>
  sort.map((key) => (isOwn(key.field) ? ownKey(key) : fieldKey(key)));

/** What {@link SegmentScope.shard} counts by in `_shard_doc`. */
const SHARD_STEP = 2 ** 32;

const ownKinds: Readonly<Record<string, SortKind>> = { _score: "SCORE", _doc: "DOC" };

const ownKey = ({ field, descending }: SortField): SortKey => {
  const sign = descending ? -1 : 1;
  const isScore = field === "_score";
  const kind = ownKinds[field] ?? "LONG";
  const base = (scope: SegmentScope): number =>
    scope.view.base + (field === "_shard_doc" ? scope.shard * SHARD_STEP : 0);
  return {
    name: field,
    nameIn: () => field,
    compare: (a, b) => sign * (Number(a) - Number(b)),
    reader: (scope) => {
      const start = base(scope);
      return isScore ? (_document, score) => score() : (document) => start + document;
    },
    // Documents are visited in this order, so each one bounds those after it.
    bound: (scope) => {
      if (isScore || descending) return undefined;
      const start = base(scope);
      return { segment: start, block: (document) => start + document, isInOrder: true };
    },
    show: (value) => (isScore ? new Double(Number(value)) : value),
    after: (value, position) => afterValue(value, { name: null, kind, position, field: undefined, format: undefined }),
    kindOf: () => kind,
    isAddress: () => false,
  };
};

/** A sort key in one index. */
interface Bound extends Choice {
  readonly field: LeafField | undefined;
  readonly format: DateFormat | undefined;
  readonly type: SortType;
}

const fieldKey = (key: SortField): SortKey => {
  const bound = new Map<SearchTarget, Bound>();
  const of = (target: SearchTarget): Bound => {
    const known = bound.get(target);
    if (known !== undefined) return known;
    const made = bind(key, target);
    bound.set(target, made);
    return made;
  };
  const name = key.field;
  const isAddress = (target: SearchTarget): boolean => (of(target).field?.type ?? key.unmappedType) === "ip";
  const nameIn = (target: SearchTarget): string => (name === INDEX_NAME ? name : (of(target).field?.name ?? ANONYMOUS));
  return {
    name,
    nameIn,
    compare: comparison(key),
    reader: (scope) => {
      if (name === INDEX_NAME) return () => scope.target.name;
      const own = of(scope.target);
      return valueReader(own.field, scope.view, own);
    },
    bound: (scope) => boundOf(scope, key, of(scope.target).missing),
    ahead: (scope) => (name === INDEX_NAME ? undefined : termsAhead(scope, key, of(scope.target).field)),
    show: (value, target, asDecimal, last) => {
      if (asDecimal) return new Double(Number(value));
      if (typeof value !== "string") return of(target).type.show(value);
      return isAddress(last) ? formatIp(value) : isAddress(target) ? rawBytes(value) : value;
    },
    after: (value, position, target) => {
      const { field, kind, format } = of(target);
      return afterValue(value, { name: nameIn(target), kind, position, field, format });
    },
    kindOf: (target) => of(target).kind,
    isAddress,
  };
};

const bind = (key: SortField, { mapping }: SearchTarget): Bound => {
  const field = key.field === INDEX_NAME ? undefined : mapping.field(key.field);
  const format = formatOf(key, field);
  const type = key.field === INDEX_NAME ? namesType : sortTypeOf(field?.type ?? key.unmappedType ?? "long", format);
  return { field, format, type, kind: type.kind, mode: key.mode, missing: missingValue(key, type) };
};

const formatOf = ({ format }: SortField, field: LeafField | undefined): DateFormat | undefined => {
  if (format === undefined) return undefined;
  if (field && isNumeric(field.type)) throw illegalArgument("require a date_time formatter; got [decimal]");
  if (field && !isDate(field.type))
    throw illegalArgument(`Field [${field.name}] of type [${field.type}] does not support custom formats`);
  return compileDateFormat(format);
};

/** Columns keep the least and greatest value of each block. Only where missing values come last are those the best. */
const boundOf = (
  { target, view }: SegmentScope,
  { field, descending, missing, mode }: SortField,
  missed: SortValue,
): SortBound | undefined => {
  const { columns } = view.segment;
  const leaf = target.mapping.field(field);
  const span = leaf && columns.span(leaf.name);
  if (missing !== "_last" || descending !== (mode === "max") || span === undefined) return undefined;
  const finite = (value: number): SortValue => {
    if (!Number.isFinite(value)) return missed;
    return leaf?.nanos ? nanosBound(value, descending) : value;
  };
  // Many segments are left out by their bound alone, and their columns are not read.
  let read: NumbersColumn | undefined;
  const column = (): NumbersColumn | undefined => (read ??= numbersOf(columns, leaf?.name ?? field));
  return {
    segment: finite(descending ? span.greatest : span.least),
    block: (document) => finite((descending ? column()?.blockGreatest(document) : column()?.blockLeast(document)) ?? 0),
  };
};

/** The column has milliseconds: the best nanosecond of one. */
const nanosBound = (ms: number, descending: boolean): bigint =>
  BigInt(ms) * 1_000_000n + BigInt(descending ? LAST_NANO : 0);

const numbersOf = (columns: Columns, field: string): NumbersColumn | undefined => {
  const column = columns.get(field);
  return column?.kind === "numbers" ? column : undefined;
};

/** Terms come in the order of their bytes, and documents without one where the key says; numbers always have a value. */
const comparison = ({ descending, missing }: SortField): SortKey["compare"] => {
  const sign = descending ? -1 : 1;
  return (a, b) => {
    if (typeof a === "string" && typeof b === "string") return sign * compareTerms(a, b);
    if (a === null || b === null) return a === b ? 0 : (a === null) === (missing !== "_first") ? 1 : -1;
    return a < b ? -sign : a > b ? sign : 0;
  };
};
