import { isObject, type Json, type JsonObject, JsonNumber } from "../json/json.ts";
import { inHashOrder } from "../values/hash-order.ts";
import { javaText } from "../values/java-number.ts";

/**
 * Merges a partial document into a whole one: objects are merged, everything else is replaced. What is new comes in the order of
 * Java's hash tables, as errors name columns of the whole.
 */
export const mergeSource = (current: JsonObject, update: JsonObject): JsonObject => {
  const merged: Record<string, Json> = { ...current };
  for (const key of keysInOrder(update)) {
    const value = update[key] ?? null;
    const known = Object.hasOwn(merged, key) ? merged[key] : undefined;
    put(merged, key, isObject(known) && isObject(value) ? mergeSource(known, value) : inOrder(value));
  }
  return merged;
};

const keysInOrder = (object: JsonObject): readonly string[] => inHashOrder(Object.keys(object), (key) => key);

const inOrder = (json: Json): Json => {
  if (Array.isArray(json)) return (json as readonly Json[]).map(inOrder);
  return isObject(json) ? mergeSource({}, json) : json;
};

/** By assignment, `__proto__` would become the prototype instead of a key. */
const put = (object: Record<string, Json>, key: string, value: Json): void => {
  if (key === "__proto__") Object.defineProperty(object, key, { ...OWN_KEY, value });
  else object[key] = value;
};

const OWN_KEY = { configurable: true, enumerable: true, writable: true } as const;

const isNumber = (json: Json): json is number | JsonNumber => typeof json === "number" || json instanceof JsonNumber;

/** Does Java read the same from both, whatever the order of keys? `1E2` is `100.0` to it, and not `100`. */
export const sameJson = (a: Json, b: Json): boolean => {
  if (a === b) return true;
  if (isNumber(a) && isNumber(b)) return javaText(a) === javaText(b);
  if (Array.isArray(a) && Array.isArray(b)) return sameList(a as readonly Json[], b as readonly Json[]);
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key] ?? null, b[key] ?? null))
  );
};

const sameList = (a: readonly Json[], b: readonly Json[]): boolean =>
  a.length === b.length && a.every((item, i) => sameJson(item, b[i] ?? null));
