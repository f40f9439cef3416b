import { illegalArgument, ApiError, unsupported } from "../errors/api-error.ts";
import { isDate, isNumeric, type LeafField } from "../mapping/field.ts";
import type { FieldType } from "../mapping/fields-view.ts";
import type { SearchTarget } from "./scope.ts";
import type { SortField } from "./sort.ts";

/** Is this a sort key of its own kind, and no field? */
export const isOwn = (name: string): boolean => name === "_score" || name === "_doc" || name === "_shard_doc";

/** The name of the index of each document. */
export const INDEX_NAME = "_index";

/** What Elasticsearch calls a field that is not mapped, in messages. */
export const ANONYMOUS = "__anonymous_";

/** @throws {ApiError} when this index cannot sort by one of the fields. */
export const checkSort = (sort: readonly SortField[], target: SearchTarget): void => {
  for (const key of sort) if (!isOwn(key.field)) checkKey(key, target);
};

const checkKey = (key: SortField, target: SearchTarget): void => {
  const { field: name, unmappedType } = key;
  if (name === INDEX_NAME) {
    checkMode(key, "keyword");
    checkFormat(key, name, "_index");
    return;
  }
  if (name === "_id") throw illegalArgument(ID_FIELDDATA);
  if (name === "_seq_no" || name === "_version") throw unsupported(`Sorting by [${name}]`);
  if (NO_FIELDDATA.has(name)) throw illegalArgument(`Fielddata is not supported on field [${name}] of type [${name}]`);
  const field = target.mapping.field(name);
  if (field === undefined && unmappedType === undefined)
    throw new ApiError(400, {
      type: "query_shard_exception",
      reason: `No mapping found for [${name}] in order to sort on`,
    });
  if (field) checkFieldData(field, target.name);
  if (field?.type === "geo_point")
    throw illegalArgument(
      "can't sort on geo_point or point field without using specific sorting feature, like geo_distance",
    );
  const type = field?.type ?? unmappedType ?? "long";
  checkMode(key, type);
  checkFormat(key, field ? name : ANONYMOUS, type);
};

const checkMode = ({ mode }: SortField, type: FieldType): void => {
  if (mode === "min" || mode === "max" || isNumeric(type) || isDate(type) || type === "boolean") return;
  throw new ApiError(400, {
    type: "query_shard_exception",
    reason: "we only support AVG, MEDIAN and SUM on number based fields",
  });
};

const checkFormat = ({ format }: SortField, name: string, type: FieldType | "_index"): void => {
  if (format === undefined || isDate(type)) return;
  if (type !== "_index" && isNumeric(type)) throw illegalArgument("require a date_time formatter; got [decimal]");
  throw illegalArgument(`Field [${name}] of type [${type}] does not support custom formats`);
};

/** Fields of every document whose values are not kept by document. */
const NO_FIELDDATA = new Set(["_doc_count", "_field_names", "_nested_path", "_routing", "_source", "_tier"]);

export const ID_FIELDDATA =
  "Fielddata access on the _id field is disallowed, you can re-enable it by updating the dynamic cluster setting: indices.id_field_data.enabled";

/** @throws {ApiError} when values cannot be read document by document. */
export const checkFieldData = (field: LeafField, indexName: string): void => {
  if (field.type === "text")
    throw illegalArgument(
      `Fielddata is disabled on [${field.name}] in [${indexName}]. Text fields are not optimised for operations that require per-document field data like aggregations and sorting, so these operations are disabled by default. Please use a keyword field instead. Alternatively, set fielddata=true on [${field.name}] in order to load field data by uninverting the inverted index. Note that this can use significant memory.`,
    );
  if (!field.docValues)
    throw illegalArgument(
      `Can't load fielddata on [${field.name}] because fielddata is unsupported on fields of type [${field.type}]. Use doc values instead.`,
    );
};
