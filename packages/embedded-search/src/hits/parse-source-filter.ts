import { type ApiError, illegalArgument, parsingError, placed, PLACE_MARK } from "../errors/api-error.ts";
import { isObject, isScalar, type Json, type JsonObject, tokenOf } from "../json/json.ts";
import { type SourceFilter, wholeSource } from "./source-filter.ts";

/**
 * Reads `_source` of a request: a flag, a pattern, a list of patterns, or `includes` and `excludes`.
 *
 * @param holder - The object that has it, for the place of an error.
 */
export const parseSourceFilter = (json: Json | undefined, holder: JsonObject = {}): SourceFilter => {
  if (json === undefined || json === true) return wholeSource;
  if (json === false) return { ...wholeSource, enabled: false };
  if (isObject(json)) return fromObject(json);
  if (typeof json === "string") return { ...wholeSource, includes: [json] };
  if (Array.isArray(json)) return { ...wholeSource, includes: texts(json as readonly Json[]) };
  const reason =
    json === null
      ? "Unknown key for a VALUE_NULL in [_source]."
      : `Expected one of [VALUE_BOOLEAN, VALUE_STRING, START_ARRAY, START_OBJECT] but found [${tokenOf(json)}]`;
  throw placed(parsingError(reason), holder, "_source");
};

const LISTS: ReadonlyMap<string, "includes" | "excludes"> = new Map([
  ["include", "includes"],
  ["includes", "includes"],
  ["exclude", "excludes"],
  ["excludes", "excludes"],
]);

/** Of two names for one list, the later one counts. */
const fromObject = (json: JsonObject): SourceFilter => {
  const lists: { includes: readonly string[]; excludes: readonly string[] } = { includes: [], excludes: [] };
  for (const [key, value] of Object.entries(json)) {
    const list = LISTS.get(key);
    if (list === undefined) throw placed(unknownKey(value, key), json, key);
    lists[list] = patterns(value, key, json);
  }
  return { enabled: true, ...lists };
};

const unknownKey = (value: Json, key: string): ApiError =>
  parsingError(`Unknown key for a ${tokenOf(value)} in [${key}].`);

/** Only here numbers are no text. */
const patterns = (json: Json, key: string, holder: JsonObject): readonly string[] => {
  if (typeof json === "string") return [json];
  if (!Array.isArray(json)) throw placed(unknownKey(json, key), holder, key);
  return (json as readonly Json[]).map((item, i) => {
    if (typeof item === "string") return item;
    throw placed(unknownKey(item, key), json, i);
  });
};

const texts = (items: readonly Json[]): readonly string[] =>
  items.map((item, i) => {
    if (isScalar(item)) return String(item);
    throw placed(illegalArgument(`Expected text at ${PLACE_MARK} but found ${tokenOf(item)}`), items, i);
  });

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
