import type { NumberValue } from "../values/number-value.ts";
import type { SortMode } from "./sort.ts";
import type { SortKind } from "./sort-type.ts";

/** One value for several, which are in order. */
export const combine = (values: readonly NumberValue[], mode: SortMode, kind: SortKind): NumberValue => {
  if (kind === "DOUBLE") return combineDecimals(values.map(Number), mode);
  if (kind === "FLOAT") return Math.fround(combineDecimals(values.map(Number), mode));
  const whole = combineWhole(values.map(BigInt), mode);
  const wrapped = BigInt.asIntN(kind === "INT" ? 32 : 64, whole);
  const number = Number(wrapped);
  return Number.isSafeInteger(number) ? number : wrapped;
};

const combineDecimals = (values: readonly number[], mode: SortMode): number => {
  const middle = values.length >> 1;
  if (mode === "median")
    return values.length % 2 === 1 ? (values[middle] ?? 0) : ((values[middle - 1] ?? 0) + (values[middle] ?? 0)) / 2;
  const sum = values.reduce((total, value) => total + value, 0);
  return mode === "avg" ? sum / values.length : sum;
};

/** Java rounds halves up, and computes means of longs as doubles. */
const combineWhole = (values: readonly bigint[], mode: SortMode): bigint => {
  const middle = values.length >> 1;
  if (mode === "median") {
    const upper = values[middle] ?? 0n;
    return values.length % 2 === 1 ? upper : rounded(Number(BigInt.asIntN(64, (values[middle - 1] ?? 0n) + upper)) / 2);
  }
  const sum = values.reduce((total, value) => BigInt.asIntN(64, total + value), 0n);
  return mode === "avg" && values.length > 1 ? rounded(Number(sum) / values.length) : sum;
};

const rounded = (value: number): bigint => BigInt(Math.floor(value + 0.5));
