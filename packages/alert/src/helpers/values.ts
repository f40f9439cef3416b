import type { Hit } from "../document/event.ts";
import { valueAt } from "../document/value-at.ts";

/** The single values at a path: the elements of a list, nested lists flattened, null left out. */
export const valuesAt = (document: unknown, path: string): readonly (string | number | boolean)[] =>
  scalars(valueAt(document, path));

const scalars = (value: unknown): readonly (string | number | boolean)[] => {
  if (Array.isArray(value)) return value.flatMap(scalars);
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? [value] : [];
};

/** The value at a path as text; `fallback`, by default `unknown`, when nothing is there. */
export const textAt = (hit: Pick<Hit, "_source">, path: string, fallback = "unknown"): string => {
  const values = valuesAt(hit._source, path);
  return values.length === 0 ? fallback : values.map(String).join(",");
};

/** Distinct values at a path over events, in order of first appearance. Events without one are passed over. */
export const distinct = (hits: readonly Pick<Hit, "_source">[], path: string): readonly string[] => [
  ...new Set(hits.flatMap((hit) => valuesAt(hit._source, path).map(String))),
];

/** By code point, as Python sorts; JavaScript's own order differs beyond U+FFFF. */
export const byCodePoint = (a: string, b: string): number => {
  const [left, right] = [Array.from(a), Array.from(b)];
  const shared = Math.min(left.length, right.length);
  for (let index = 0; index < shared; index++) {
    const difference = (left[index]?.codePointAt(0) ?? 0) - (right[index]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
};

/**
 * All keys and values of a document at any depth, strings in lower case, dates as ISO 8601: what registrations of plugins
 * and actions are compared with.
 *
 * @see MozDef `mozdef_util/utilities/dict2List.py`.
 */
export const keysAndValues = (value: unknown): readonly unknown[] => {
  if (typeof value === "string") return [value.toLowerCase()];
  if (value instanceof Date) return [value.toISOString()];
  if (Array.isArray(value)) return value.flatMap(keysAndValues);
  if (typeof value !== "object" || value === null) return [value];
  return Object.entries(value).flatMap(([key, inner]) => [key.toLowerCase(), ...keysAndValues(inner)]);
};
