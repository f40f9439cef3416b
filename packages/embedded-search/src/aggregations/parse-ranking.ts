import { ApiError, illegalArgument, parsingError, placed, PLACE_MARK } from "../errors/api-error.ts";
import { isObject, isScalar, type Json, type JsonObject, numberOf, showJson, tokenOf } from "../json/json.ts";
import { type BodyReader, xContentError } from "../recipe/read-body.ts";
import type { GroupOrder, RankOptions } from "./ranking.ts";

/**
 * Reads the options by which `terms` and `multi_terms` choose their buckets.
 *
 * @param name - The name the request gives the aggregation, for messages.
 * @param least - The smallest `min_doc_count` that is allowed.
 */
export const parseRanking = (
  kind: string,
  name: string,
  body: JsonObject,
  reader: BodyReader,
  least = 0,
): RankOptions => {
  const count = (key: string, label: string, preset: number, minimum: number): number =>
    reader.within(key, () => {
      const value = reader.integer(key, preset);
      if (value >= minimum || !Object.hasOwn(body, key)) return value;
      const bound = minimum === 1 && label !== "minDocCount" ? "0" : `or equal to ${minimum}`;
      throw illegalArgument(`[${label}] must be greater than ${bound}. Found [${value}] in [${name}]`);
    });
  const shardSize = count("shard_size", "shardSize", 0, 1);
  reader.within("collect_mode", () => checkCollectMode(reader.text("collect_mode")));
  return {
    size: count("size", "size", 10, 1),
    shardSize: shardSize === 0 ? undefined : shardSize,
    minDocCount: count("min_doc_count", "minDocCount", 1, least),
    shardMinDocCount: count("shard_min_doc_count", "shardMinDocCount", 0, 0),
    showError: parseShowError(kind, body, reader),
    order: parseOrder(kind, body, reader, BY_COUNT),
  };
};

/** How sub-aggregations are run: no answer depends on it. */
const checkCollectMode = (mode: string | undefined): void => {
  if (mode === undefined || mode === "breadth_first" || mode === "depth_first") return;
  throw new ApiError(400, { type: "parse_exception", reason: `no [collect_mode] found for value [${mode}]` });
};

const parseShowError = (kind: string, body: JsonObject, reader: BodyReader): boolean => {
  const key = "show_term_doc_count_error";
  const value = reader.take(key);
  if (value !== undefined && typeof value !== "string" && typeof value !== "boolean") throw wrongType(kind, body, key);
  return reader.within(key, () => reader.flag(key, false));
};

/** An option that has another type of JSON than it may have. */
export const wrongType = (kind: string, body: JsonObject, key: string): ApiError => {
  const reason = `[${PLACE_MARK}] [${kind}] ${key} doesn't support values of type: ${tokenOf(body[key] ?? null)}`;
  return placed(xContentError(reason), body, key);
};

/** A leaf that stands for the value of documents without one; undefined when the request names none. */
export const parseMissing = (kind: string, body: JsonObject, reader: BodyReader): Json | undefined => {
  const missing = reader.take("missing");
  if (missing == null || isScalar(missing)) return missing;
  throw wrongType(kind, body, "missing");
};

const BY_COUNT: readonly GroupOrder[] = [{ path: "_count", descending: true }];

/** @param preset - The order when the request has none. */
export const parseOrder = (
  kind: string,
  body: JsonObject,
  reader: BodyReader,
  preset: readonly GroupOrder[],
): readonly GroupOrder[] => {
  const json = reader.take("order");
  if (json === undefined) return preset;
  if (!isObject(json) && !Array.isArray(json)) throw wrongType(kind, body, "order");
  return reader.within("order", () => {
    const items = Array.isArray(json) ? (json as readonly Json[]) : [json];
    if (items.length > 0) return items.map((item) => parseOneOrder(item, json));
    const type = "index_out_of_bounds_exception";
    throw placed(new ApiError(400, { type, reason: "Index 0 out of bounds for length 0" }), json);
  });
};

/** @throws {ApiError} 400 when the request names no field. */
export const needField = (field: string | undefined): string => {
  if (field !== undefined) return field;
  throw illegalArgument("Required one of fields [field, script], but none were specified.");
};

/** A whole number as Elasticsearch reads a long, whose errors are of another type. */
export const parseWhole = (
  kind: string,
  key: string,
  body: JsonObject,
  reader: BodyReader,
  check: (value: number) => void,
): number | undefined => {
  const value = reader.take(key);
  if (value === undefined) return undefined;
  if (value === null || !isScalar(value) || typeof value === "boolean") throw wrongType(kind, body, key);
  return reader.within(key, () => {
    const number = Math.trunc(numberOf(value) ?? Number(showJson(value).trim() === "" ? Number.NaN : showJson(value)));
    if (Number.isNaN(number)) throw illegalArgument(`For input string: "${showJson(value)}"`);
    check(number);
    return number;
  });
};

/** The least number of documents of a bucket of a histogram that is shown. */
export const parseMinDocCount = (kind: string, name: string, body: JsonObject, reader: BodyReader): number =>
  parseWhole(kind, "min_doc_count", body, reader, (count) => {
    if (count < 0)
      throw illegalArgument(`[minDocCount] must be greater than or equal to 0. Found [${count}] in [${name}]`);
  }) ?? 0;

/** How numbers are shown as text; undefined when the request does not say. */
export const parseFormat = (kind: string, body: JsonObject, reader: BodyReader): string | undefined => {
  const format = reader.take("format");
  if (format === undefined || typeof format === "string") return format;
  throw wrongType(kind, body, "format");
};

/** As {@link parseMissing}, for aggregations that do not take null. */
export const needMissing = (kind: string, name: string, body: JsonObject, reader: BodyReader): Json | undefined => {
  const missing = parseMissing(kind, body, reader);
  if (missing !== null) return missing;
  return reader.within("missing", () => {
    throw illegalArgument(`[missing] must not be null: [${name}]`);
  });
};

/** Of several keys in one object the last one counts. */
const parseOneOrder = (item: Json, list: object): GroupOrder => {
  if (!isObject(item)) throw placed(parsingError("Unexpected token [END_ARRAY] for [order]"), list);
  const [path, direction] = Object.entries(item).at(-1) ?? [];
  if (path === undefined || direction === undefined)
    throw placed(parsingError("Must specify at least one field for [order]"), item);
  if (typeof direction !== "string")
    throw placed(parsingError(`Unexpected token [${tokenOf(direction)}] for [order]`), item, path);
  const wrong = path.split(">").find((element) => element.startsWith(".") || element.endsWith("."));
  if (wrong !== undefined)
    throw placed(illegalArgument(`Invalid path element [${wrong}] in path [${path}]`), item, path);
  return { path: path.replace(/>$/, ""), descending: isDescending(showJson(direction), item, path) };
};

/** @throws {ApiError} 400 when the direction is neither `asc` nor `desc`. */
export const isDescending = (direction: string, holder?: object, key?: string): boolean => {
  if (/^desc$/i.test(direction)) return true;
  if (/^asc$/i.test(direction)) return false;
  throw placed(parsingError(`Unknown order direction [${direction}]`), holder, key);
};
