import { illegalArgument } from "../errors/api-error.ts";
import type { LeafField } from "../mapping/field.ts";
import { typeName } from "./metadata-field.ts";

/** @throws {ApiError} 400 when values of the field cannot be put on an axis of time: numbers can, as milliseconds. */
export const checkDateField = (field: LeafField): void => {
  if (field.type !== "keyword" && field.type !== "ip" && field.type !== "boolean") return;
  throw illegalArgument(
    `Field [${field.name}] of type [${typeName(field)}] is not supported for aggregation [date_histogram]`,
  );
};
