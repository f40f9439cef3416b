import { type JsonObject, showJson } from "../json/json.ts";
import type { AliasField } from "./field.ts";
import { MappingError } from "./mapping-error.ts";

/** Reads the declaration of another name for a leaf. @throws {MappingError} */
export const parseAlias = (name: string, declared: JsonObject): AliasField => {
  const { path } = declared;
  if (path === undefined || path === null)
    throw new MappingError(`The [path] property must be specified for field [${name}].`);
  const unknown = Object.keys(declared).find((key) => key !== "type" && key !== "path");
  if (unknown !== undefined)
    throw new MappingError(
      `Mapping definition for [${name}] has unsupported parameters:  [${unknown} : ${showJson(declared[unknown])}]`,
    );
  return { kind: "alias", name, path: showJson(path) };
};
