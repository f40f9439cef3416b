import { parsingError, placed } from "../errors/api-error.ts";
import { isObject, isScalar, type Json, type JsonObject, tokenOf } from "../json/json.ts";
import { type SourceFilter, wholeSource } from "./source-filter.ts";

/** Reads `_source` of a request: a flag, a pattern, a list of patterns, or `includes` and `excludes`. */
export const parseSourceFilter = (json: Json | undefined): SourceFilter => {
  if (json === undefined || json === true) return wholeSource;
  if (json === false) return { ...wholeSource, enabled: false };
  if (isObject(json)) return fromObject(json);
  return { ...wholeSource, includes: patterns(json) };
};

const fromObject = (json: JsonObject): SourceFilter => {
  const known = ["includes", "include", "excludes", "exclude"];
  const unknown = Object.keys(json).find((key) => !known.includes(key));
  if (unknown !== undefined)
    throw placed(parsingError(`Unknown key for a ${tokenOf(json[unknown] ?? null)} in [${unknown}].`), json, unknown);
  const { includes, include, excludes, exclude } = json;
  return {
    enabled: true,
    includes: patterns(includes ?? include ?? []),
    excludes: patterns(excludes ?? exclude ?? []),
  };
};

const patterns = (json: Json): readonly string[] => {
  const items = Array.isArray(json) ? (json as readonly Json[]) : [json];
  if (items.every((item) => isScalar(item))) return items.map(String);
  throw parsingError("Expected a list of field names in [_source]");
};

/** From URL parameters: `_source=false`, `_source=a,b`, `_source_includes`, `_source_excludes`. undefined = none given. */
export const sourceFilterOf = (parameters: {
  readonly source: string | undefined;
  readonly includes: string | undefined;
  readonly excludes: string | undefined;
}): SourceFilter | undefined => {
  const { source, includes, excludes } = parameters;
  if (source === undefined && includes === undefined && excludes === undefined) return undefined;
  const list = (text: string | undefined): readonly string[] => text?.split(",").filter((item) => item !== "") ?? [];
  if (source === "false") return { ...wholeSource, enabled: false };
  return {
    enabled: true,
    includes: [...(source === undefined || source === "true" ? [] : list(source)), ...list(includes)],
    excludes: list(excludes),
  };
};
