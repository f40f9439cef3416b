import { ApiError, illegalArgument, unsupported } from "../errors/api-error.ts";
import type { LeafField } from "./field.ts";
import type { Mapping } from "./mapping.ts";

/** @throws {ApiError} 400 when a field that is declared refers to another one that it cannot refer to. */
export const checkReferences = (mapping: Mapping): void => {
  for (const [name, path] of mapping.aliases) checkAlias(mapping, name, path);
  const leaves = mapping.leaves();
  const parts = new Set(leaves.flatMap(({ fields }) => [...fields.values()].map(({ name }) => name)));
  for (const leaf of leaves) if (leaf.copyTo.length > 0) checkCopies(mapping, leaf, parts);
};

const checkAlias = (mapping: Mapping, name: string, path: string): void => {
  if (path === name) throw invalidPath(name, path, "an alias cannot refer to itself.");
  if (mapping.aliases.has(path)) throw invalidPath(name, path, "an alias cannot refer to another alias.");
  if (mapping.field(path) !== undefined) return;
  if (path.startsWith("_")) throw unsupported(`The [path] [${path}] of field alias [${name}]`);
  throw invalidPath(name, path, "an alias must refer to an existing field in the mappings.");
};

const invalidPath = (name: string, path: string, why: string): ApiError =>
  new ApiError(400, {
    type: "mapper_parsing_exception",
    reason: `Invalid [path] value [${path}] for field alias [${name}]: ${why}`,
  });

/** @param parts - Names of multi-fields, which get their values from their fields alone. */
const checkCopies = (mapping: Mapping, { name, copyTo }: LeafField, parts: ReadonlySet<string>): void => {
  if (parts.has(name)) throw illegalArgument(`[copy_to] may not be used to copy from a multi-field: [${name}]`);
  for (const target of copyTo) {
    if (parts.has(target)) throw illegalArgument(`[copy_to] may not be used to copy to a multi-field: [${target}]`);
    if (target !== "" && mapping.object(target) !== undefined)
      throw illegalArgument(`Cannot copy to field [${target}] since it is mapped as an object`);
    if (target.startsWith("_")) throw unsupported(`[copy_to] of field [${name}] to [${target}]`);
  }
};
