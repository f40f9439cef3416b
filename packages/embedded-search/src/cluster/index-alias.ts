import { parsingError, ApiError, unsupported } from "../errors/api-error.ts";
import { isObject, type Json, type JsonObject } from "../json/json.ts";
import { parseQuery } from "../recipe/parse-query.ts";
import { isWellFormed } from "../text/well-formed.ts";
import type { IndexAlias } from "./stored-index.ts";

const UNSUPPORTED_OPTIONS = new Set(["routing", "index_routing", "search_routing"]);

/** Reads `aliases` of an index or template. */
export const parseAliases = (json: Json | undefined): Map<string, IndexAlias> => {
  if (!isObject(json)) return new Map();
  return new Map(Object.entries(json).map(([name, body]) => [name, parseAlias(name, isObject(body) ? body : {})]));
};

/** Reads the options of one alias. @throws {ApiError} 501 for routing. */
export const parseAlias = (name: string, body: JsonObject): IndexAlias => {
  checkAliasName(name);
  for (const key of Object.keys(body)) {
    if (UNSUPPORTED_OPTIONS.has(key)) throw unsupported(`[${key}] of the alias [${name}]`);
    if (!["filter", "is_write_index", "is_hidden"].includes(key))
      throw parsingError(`Unknown field [${key}] in alias [${name}]`);
  }
  const isWriteIndex = body.is_write_index;
  return {
    declared: body,
    filter: isObject(body.filter) ? parseQuery(body.filter) : undefined,
    isWriteIndex: typeof isWriteIndex === "boolean" ? isWriteIndex : undefined,
  };
};

const invalid = (name: string, fault: string): ApiError =>
  new ApiError(400, { type: "invalid_alias_name_exception", reason: `Invalid alias name [${name}]: ${fault}` });

const checkAliasName = (name: string): void => {
  if (/^[_\-+]/.test(name)) throw invalid(name, "must not start with '_', '-', or '+'");
  if (isWellFormed(name) && /^[^ "*,/<>?\\|#]+$/.test(name) && !name.includes(":")) return;
  throw invalid(name, `must not contain the following characters [' ','"','*',',','/','<','>','?','\\','|']`);
};

/** @throws {ApiError} 400 when an index has the name of an alias. */
export const checkAliasFree = (name: string, indices: ReadonlyMap<string, unknown>): void => {
  if (!indices.has(name)) return;
  throw invalid(name, "an index, data stream, ESQL view, or ESQL dataset exists with the same name as the alias");
};
