import { isObject, type JsonObject, parseJson } from "../json/json.ts";
import { RawJson } from "../json/write-json.ts";
import { writeAsJava } from "../values/java-json.ts";
import { onlyPaths, withoutPaths } from "./source-paths.ts";
import { byPatterns } from "./source-patterns.ts";

/** Which parts of `_source` an answer shows. */
export interface SourceFilter {
  /** False: the key `_source` is left out. */
  readonly enabled: boolean;
  /** Patterns of paths; empty = everything. */
  readonly includes: readonly string[];
  readonly excludes: readonly string[];
}

export const wholeSource: SourceFilter = Object.freeze({ enabled: true, includes: [], excludes: [] });

/** The text itself when nothing is left out, so that it is shown byte for byte. */
export const filterSource = (source: string, { includes, excludes }: SourceFilter): RawJson => {
  if (includes.length === 0 && excludes.length === 0) return new RawJson(source);
  const parsed = parseJson(source);
  const shown = isObject(parsed) ? filterObject(parsed, includes, excludes) : parsed;
  return new RawJson(writeAsJava(shown));
};

/** Elasticsearch has two ways to filter, which differ in what `*` means and in what is left of lists. */
const filterObject = (source: JsonObject, includes: readonly string[], excludes: readonly string[]): JsonObject => {
  if (excludes.some((pattern) => pattern.includes("*"))) return byPatterns(source, includes, excludes);
  const rest = excludes.length === 0 ? source : withoutPaths(source, excludes);
  return includes.length === 0 ? rest : onlyPaths(rest, includes);
};
