import { isObject, type JsonObject } from "../event/json.ts";

/** Lists and maps within each other that are read; what is deeper stays as it came, as text. */
const MAX_DEPTH = 8;

/** The value in an AnyValue of OTLP. @see https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding */
export const valueOf = (any: unknown, depth = 0): unknown => {
  if (!isObject(any)) return any;
  const [[kind, value] = []] = Object.entries(any);
  switch (kind) {
    case "arrayValue":
      return depth > MAX_DEPTH ? JSON.stringify(value) : listAt(value, "values").map((one) => valueOf(one, depth + 1));
    case "kvlistValue":
      return depth > MAX_DEPTH ? JSON.stringify(value) : pairsOf(listAt(value, "values"), depth + 1);
    case "intValue":
      return typeof value === "string" && Number.isSafeInteger(Number(value)) ? Number(value) : value;
    default:
      return kind?.endsWith("Value") === true ? value : any;
  }
};

/** An object of a list of `{ key, value }`. */
export const pairsOf = (list: readonly unknown[], depth = 0): JsonObject =>
  Object.fromEntries(
    list.flatMap((pair) =>
      isObject(pair) && typeof pair.key === "string" ? [[pair.key, valueOf(pair.value, depth)]] : [],
    ),
  );

/** The list with a name in an object; empty when there is none. */
export const listAt = (value: unknown, name: string): readonly unknown[] => {
  const list: unknown = isObject(value) ? value[name] : undefined;
  return Array.isArray(list) ? list : [];
};
