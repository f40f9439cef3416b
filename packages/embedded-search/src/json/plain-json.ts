import type { JsonObject } from "./json.ts";

/** Objects nested deeper are read from their text, where their depth is looked at. */
const MAX_DEPTH = 100;

/**
 * Whether an object of JavaScript is what its JSON says: reading that again would give the same. It is not when it has values that
 * JSON leaves out or writes in another way (`undefined`, dates, `NaN`, numbers with all their digits).
 */
export const isPlainJson = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value) && isPlain(value, 1);

const isPlain = (value: object, depth: number): boolean => {
  if (depth > MAX_DEPTH || "toJSON" in value) return false;
  if (Array.isArray(value)) return isPlainList(value as readonly unknown[], depth);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && (prototype !== null || Object.isFrozen(value))) return false;
  for (const key of Object.keys(value))
    if (!isPlainValue((value as Readonly<Record<string, unknown>>)[key], depth)) return false;
  return true;
};

/** A hole counts as the `undefined` that it reads as. */
const isPlainList = (list: readonly unknown[], depth: number): boolean => {
  for (const item of list) if (!isPlainValue(item, depth)) return false;
  return true;
};

const isPlainValue = (value: unknown, depth: number): boolean => {
  if (typeof value === "string" || typeof value === "boolean" || value === null) return true;
  if (typeof value === "number") return Number.isFinite(value) && !Object.is(value, -0);
  return typeof value === "object" && isPlain(value, depth + 1);
};
