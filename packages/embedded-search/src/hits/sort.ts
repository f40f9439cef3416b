import { illegalArgument, parsingError, placed, PLACE_MARK, ApiError, unsupported } from "../errors/api-error.ts";
import { isObject, isScalar, type Json, type JsonObject, showJson, tokenOf } from "../json/json.ts";
import type { FieldType } from "../mapping/fields-view.ts";
import { isFieldType } from "../mapping/parse-leaf.ts";

/** One key to sort by, as requested. `_score`, `_doc` and `_shard_doc` are fields of their own kind. */
export interface SortField {
  readonly field: string;
  readonly descending: boolean;
  /** `_last`, `_first`, or a value that stands for the missing one. */
  readonly missing: Json;
  /** The type of the field where no mapping has it; undefined = that is an error. */
  readonly unmappedType: FieldType | undefined;
  readonly format: string | undefined;
  /** Which of several values is used; by default the least when ascending, the greatest when descending. */
  readonly mode: SortMode;
}

/** How several values of a document become one to sort by. */
export type SortMode = "min" | "max" | "sum" | "avg" | "median";

const MODES: readonly string[] = ["min", "max", "sum", "avg", "median"] satisfies readonly SortMode[];

const isMode = (text: string): text is SortMode => MODES.includes(text);

const OPTIONS = new Set(["order", "missing", "unmapped_type", "format", "mode", "numeric_type", "nested"]);

/** Reads `sort` of a search body: a name, an object, or a list of them. */
export const parseSort = (json: Json | undefined): readonly SortField[] => {
  if (json == null) return [];
  const items = Array.isArray(json) ? (json as readonly Json[]) : [json];
  return items.flatMap(parseItem);
};

/** Reads the URL parameter: `field`, `field:desc`, separated by commas. A key with another order is left out. */
export const parseSortParameter = (text: string): readonly SortField[] =>
  text.split(",").flatMap((item) => {
    const at = item.lastIndexOf(":");
    if (at === -1) return item === "" ? [] : [sortField(item, {})];
    const order = item.slice(at + 1);
    return order === "asc" || order === "desc" ? [sortField(item.slice(0, at), { order })] : [];
  });

const parseItem = (item: Json): readonly SortField[] => {
  if (isScalar(item)) return [sortField(String(item), {})];
  if (!isObject(item))
    throw illegalArgument("malformed sort format, within the sort array, an object, or an actual string are allowed");
  return Object.entries(item).map(([field, declared]) => {
    if (isObject(declared)) return sortField(field, declared);
    checkOrder(showJson(declared));
    return sortField(field, { order: declared });
  });
};

const sortField = (field: string, declared: JsonObject): SortField => {
  checkOptions(field, declared);
  const order = parseOrder(field, declared.order);
  const descending = order === undefined ? field === "_score" : order === "desc";
  return {
    field,
    descending,
    missing: declared.missing ?? "_last",
    unmappedType: parseType(declared.unmapped_type),
    format: parseFormat(declared.format),
    mode: parseMode(declared, descending),
  };
};

const checkOptions = (field: string, declared: JsonObject): void => {
  if (field === "_script" || field === "_geo_distance") throw unsupported(`Sorting by [${field}]`);
  for (const key of Object.keys(declared)) {
    if (key === "nested" || key === "numeric_type") throw unsupported(`The sort option [${key}]`);
    if (!OPTIONS.has(key))
      throw placed(xContent(`[${PLACE_MARK}] [field_sort] unknown field [${key}]`), declared, key, true);
  }
};

const checkOrder = (order: string): void => {
  if (/^(?:asc|desc)$/i.test(order)) return;
  throw illegalArgument(`No enum constant org.elasticsearch.search.sort.SortOrder.${order.toUpperCase()}`);
};

const xContent = (reason: string, cause?: string): ApiError =>
  new ApiError(400, {
    type: "x_content_parse_exception",
    reason,
    causedBy: cause === undefined ? undefined : { type: "illegal_argument_exception", reason: cause },
  });

const parseOrder = (field: string, value: Json | undefined): "asc" | "desc" | undefined => {
  if (value === undefined) return undefined;
  const order = showJson(value).toLowerCase();
  if (order === "asc" || order === "desc") return order;
  throw xContent(
    `[${PLACE_MARK}] [${field.startsWith("_score") ? "_score" : "field_sort"}] failed to parse field [order]`,
    `No enum constant org.elasticsearch.search.sort.SortOrder.${order.toUpperCase()}`,
  );
};

const parseType = (value: Json | undefined): FieldType | undefined => {
  if (value === undefined) return undefined;
  const type = showJson(value);
  if (isFieldType(type)) return type;
  throw parsingError(`No mapper found for type [${type}]`);
};

const parseFormat = (value: Json | undefined): string | undefined => {
  if (value === undefined) return undefined;
  return showJson(value);
};

const parseMode = (declared: JsonObject, descending: boolean): SortMode => {
  const value = declared.mode;
  if (value === undefined) return descending ? "max" : "min";
  if (value === null || typeof value !== "string")
    throw placed(
      xContent(`[${PLACE_MARK}] [field_sort] mode doesn't support values of type: ${tokenOf(value)}`),
      declared,
      "mode",
    );
  const mode = value.toLowerCase();
  if (isMode(mode)) return mode;
  throw placed(
    xContent(`[${PLACE_MARK}] [field_sort] failed to parse field [mode]`, `Unknown SortMode [${value}]`),
    declared,
    "mode",
  );
};
