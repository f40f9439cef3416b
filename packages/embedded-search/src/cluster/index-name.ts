import { ApiError } from "../errors/api-error.ts";
import { isWellFormed } from "../text/well-formed.ts";

const FORBIDDEN = [" ", '"', "*", ",", "/", "<", ">", "?", "\\", "|"];

/** @throws {ApiError} 400 `invalid_index_name_exception`. */
export const checkIndexName = (name: string): void => {
  const fault = faultOf(name);
  if (fault === undefined) return;
  throw new ApiError(400, {
    type: "invalid_index_name_exception",
    reason: `Invalid index name [${name}], ${fault}`,
    details: { index_uuid: "_na_", index: name },
  });
};

const faultOf = (name: string): string | undefined => {
  if (name === "") return "must not be empty";
  if (!isWellFormed(name)) return "must be well-formed Unicode";
  if (FORBIDDEN.some((character) => name.includes(character)))
    return `must not contain the following characters [${FORBIDDEN.map((character) => `'${character}'`).join(",")}]`;
  if (name.includes("#")) return "must not contain '#'";
  if (name.includes(":")) return "must not contain ':'";
  if (/^[_\-+]/.test(name)) return "must not start with '_', '-', or '+'";
  if (name === "." || name === "..") return "must not be '.' or '..'";
  if (name !== name.toLowerCase()) return "must be lowercase";
  if (Buffer.byteLength(name) > 255) return `index name is too long, (${Buffer.byteLength(name)} > 255)`;
  return undefined;
};
