import type { SegmentScope } from "../hits/scope.ts";
import type { NumbersColumn } from "../index/numbers-column.ts";
import { type Json, numberOf } from "../json/json.ts";
import { isNumeric, type LeafField } from "../mapping/field.ts";
import { doubleBefore } from "../values/double-before.ts";
import { keyStyle } from "./keys.ts";
import { givenNumber } from "./number-text.ts";

/** One range as a request gives it; the upper bound is not in it. */
export interface GivenRange {
  readonly key: string | undefined;
  readonly from: Json | undefined;
  readonly to: Json | undefined;
}

/** A range as it is read; −∞ and ∞ where it is open. */
export interface Range {
  readonly key: string | undefined;
  readonly from: number;
  readonly to: number;
}

export type Bounds = Pick<Range, "from" | "to">;

/** NaN, which stands for no value, is in no range. */
export const isWithin = (value: number, range: Bounds | undefined): boolean =>
  range !== undefined && value >= range.from && value < range.to;

/** How many of the documents before `end` are in a range, whose upper bound is not in it. */
export const countWithin = (column: NumbersColumn, end: number, { from, to }: Bounds): number => {
  if (!(from < to)) return 0;
  return column.countInRange(end, { from, to: doubleBefore(to) }, Number.POSITIVE_INFINITY);
};

/** In the order in which an answer has them. */
export const sortedRanges = (ranges: readonly Range[]): readonly Range[] =>
  [...ranges].sort((a, b) => compare(a.from, b.from) || compare(a.to, b.to));

const compare = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);

export const rangeOf = (
  { key, from, to }: GivenRange,
  field: LeafField | undefined,
  format: string | undefined,
  scope: SegmentScope,
): Range => ({
  key,
  from: from === undefined ? Number.NEGATIVE_INFINITY : endOf(from, field, format, scope),
  to: to === undefined ? Number.POSITIVE_INFINITY : endOf(to, field, format, scope),
});

const endOf = (
  value: Json,
  field: LeafField | undefined,
  format: string | undefined,
  { context }: SegmentScope,
): number => {
  const number = numberOf(value);
  if (number !== undefined) return number;
  if (field === undefined || isNumeric(field.type)) return givenNumber(value, format);
  return Number(keyStyle(field, format).read(value, context.nowMs));
};
