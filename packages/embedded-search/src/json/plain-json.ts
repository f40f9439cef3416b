import { isFrozenJson } from "./frozen-json.ts";
import type { JsonObject } from "./json.ts";

/** Objects nested deeper are read from their text, where their depth is looked at. */
const MAX_DEPTH = 100;

/**
 * Whether an object of JavaScript is what its JSON says: reading that again would give the same. It is not when it has values that
 * JSON leaves out or writes in another way (`undefined`, dates, `NaN`, numbers with all their digits).
 */
export const isPlainJson = (value: unknown): value is JsonObject => plainLength(value) !== undefined;

/** How long the JSON of a plain object is at most, in UTF-16 units; undefined when it is not plain, see {@link isPlainJson}. */
export const plainLength = (value: unknown): number | undefined => {
  const length = typeof value === "object" && value !== null && !Array.isArray(value) ? lengthOf(value, 1) : NOT_PLAIN;
  return length < 0 ? undefined : length;
};

/** Below any length, and whatever is added to it. */
const NOT_PLAIN = Number.NEGATIVE_INFINITY;

/** `\u001f` */
const LONGEST_CHARACTER = 6;
/** Quotes, colon, comma. */
const AROUND = 4;
/** `-2.2250738585072014e-308` and what is around it. */
const LONGEST_NUMBER = 28;

/** Of objects that can never change, such as the clauses of queries that are asked in each tick. */
const knownLengths = new WeakMap<object, { readonly length: number; readonly depth: number }>();

const lengthOf = (value: object, depth: number): number => {
  if (!Object.isFrozen(value)) return measuredLength(value, depth);
  const known = knownLengths.get(value);
  if (known !== undefined && depth <= known.depth) return known.length;
  const length = measuredLength(value, depth);
  if (length >= 0 && isFrozenJson(value)) knownLengths.set(value, { length, depth });
  return length;
};

const measuredLength = (value: object, depth: number): number => {
  if (depth > MAX_DEPTH || "toJSON" in value) return NOT_PLAIN;
  if (Array.isArray(value)) return lengthOfList(value as readonly unknown[], depth);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && (prototype !== null || Object.isFrozen(value))) return NOT_PLAIN;
  let length = AROUND;
  for (const key of Object.keys(value)) {
    length += key.length * LONGEST_CHARACTER + AROUND;
    length += lengthOfValue((value as Readonly<Record<string, unknown>>)[key], depth);
    if (length < 0) return NOT_PLAIN;
  }
  return length;
};

/** A hole counts as the `undefined` that it reads as. */
const lengthOfList = (list: readonly unknown[], depth: number): number => {
  let length = AROUND;
  for (const item of list) {
    length += lengthOfValue(item, depth);
    if (length < 0) return NOT_PLAIN;
  }
  return length;
};

const lengthOfValue = (value: unknown, depth: number): number => {
  if (typeof value === "string") return value.length * LONGEST_CHARACTER + AROUND;
  if (typeof value === "number") return Number.isFinite(value) && !Object.is(value, -0) ? LONGEST_NUMBER : NOT_PLAIN;
  if (typeof value === "boolean" || value === null) return LONGEST_NUMBER;
  return typeof value === "object" ? lengthOf(value, depth + 1) : NOT_PLAIN;
};
