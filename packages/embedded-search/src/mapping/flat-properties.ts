import { ApiError } from "../errors/api-error.ts";
import type { AliasField, Dynamic, Field, LeafField, ObjectField } from "./field.ts";

/**
 * The leaves of an object that is flat, by their path below it. Objects in its declaration only lend their names.
 *
 * @param parent - Name of the flat object.
 * @param dynamic - What the flat object says of unknown fields.
 * @throws {ApiError} 400 for an object that is more than its fields.
 */
export const flatProperties = (
  parent: string,
  properties: ReadonlyMap<string, Field>,
  dynamic: Dynamic | undefined,
): Map<string, LeafField | AliasField> => {
  const leaves = new Map<string, LeafField | AliasField>();
  const start = parent === "" ? 0 : parent.length + 1;
  const collect = (fields: ReadonlyMap<string, Field>, isOwn: boolean): void => {
    for (const field of fields.values())
      if (field.kind === "object") {
        checkObject(field, dynamic);
        collect(field.properties, false);
        // Elasticsearch drops other names for leaves from objects that it flattens.
      } else if (field.kind === "leaf" || isOwn) leaves.set(field.name.slice(start), field);
  };
  collect(properties, true);
  return leaves;
};

const checkObject = ({ name, enabled, dynamic, subobjects }: ObjectField, outer: Dynamic | undefined): void => {
  if (dynamic !== undefined && dynamic !== (outer ?? "true"))
    throw notFlat(
      name,
      `the value of [dynamic] (${dynamic.toUpperCase()}) is not compatible with the value from its parent context (${(outer ?? "true").toUpperCase()})`,
    );
  if (subobjects === true) throw notFlat(name, "the value of [subobjects] is [true]");
  if (!enabled)
    throw notFlat(name, `the value of [enabled] is [false]; no fields with the prefix [${name}] are allowed`);
};

const notFlat = (name: string, why: string): ApiError =>
  new ApiError(400, {
    type: "mapper_parsing_exception",
    reason: `Object mapper [${name}] was found in a context where subobjects is set to false. Auto-flattening [${name}] failed because ${why}`,
  });
