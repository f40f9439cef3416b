import type { DateFormat } from "../dates/date-format.ts";
import { exactOfNanos } from "../dates/nanos.ts";
import { Double, type Writable } from "../json/write-json.ts";
import type { FieldType } from "../mapping/fields-view.ts";
import { shortestFloat } from "../values/java-number.ts";

/** A value to sort by; null = a document without a term. */
export type SortValue = number | bigint | string | null;

/** How Elasticsearch sorts values, in its own names. */
export type SortKind = "INT" | "LONG" | "FLOAT" | "DOUBLE" | "STRING" | "DOC" | "SCORE";

/** How the values of one field are sorted in one index. */
export interface SortType {
  readonly kind: SortKind;
  /** What stands for a missing number, by where it comes. Terms have null. */
  readonly least: SortValue;
  readonly greatest: SortValue;
  show(value: SortValue): Writable;
}

const LEAST_LONG = -(2n ** 63n);
const GREATEST_LONG = 2n ** 63n - 1n;

/** Shorter integers all have the range of 32 bits. */
const integers: SortType = { kind: "INT", least: -2147483648, greatest: 2147483647, show: (value) => value };

const longs: SortType = { kind: "LONG", least: LEAST_LONG, greatest: GREATEST_LONG, show: (value) => value };

const decimals = (kind: "FLOAT" | "DOUBLE", shown: (value: number) => number): SortType => ({
  kind,
  least: Number.NEGATIVE_INFINITY,
  greatest: Number.POSITIVE_INFINITY,
  show: (value) => new Double(shown(Number(value))),
});

const floats = decimals("FLOAT", shortestFloat);
const doubles = decimals("DOUBLE", (value) => value);

const terms: SortType = { kind: "STRING", least: null, greatest: null, show: (value) => value };

/** With a format of its own, a missing date is shown as null. */
const dates = (format: DateFormat): SortType => ({
  ...longs,
  show: (value) => (value === LEAST_LONG || value === GREATEST_LONG ? null : format.print(Number(value))),
});

const nanos: SortType = { ...longs, least: 0n };

const formattedNanos = (format: DateFormat): SortType => ({
  ...nanos,
  show: (value) => {
    if (value === LEAST_LONG || value === GREATEST_LONG) return null;
    const { ms, rest } = exactOfNanos(BigInt(value ?? 0));
    return format.print(ms, undefined, rest);
  },
});

/** How a type of field is sorted. */
export const sortTypeOf = (type: FieldType, format?: DateFormat): SortType => {
  if (type === "keyword" || type === "ip") return terms;
  if (type === "date" && format) return dates(format);
  if (type === "date_nanos") return format ? formattedNanos(format) : nanos;
  if (type === "integer" || type === "short" || type === "byte") return integers;
  if (type === "float") return floats;
  return type === "double" ? doubles : longs;
};

/** How the name of the index is sorted. */
export const namesType = terms;

const isDecimal = (kind: SortKind): boolean => kind === "FLOAT" || kind === "DOUBLE";

/** Are all numbers shown as doubles, because indices have numbers of different kinds and one has decimals? */
export const showsDecimals = (kinds: readonly SortKind[]): boolean =>
  kinds.some(isDecimal) && kinds.some((kind) => kind !== kinds[0]);
