import { isObject, type Json, type JsonObject, parseJson } from "../json/json.ts";
import { RawJson } from "../json/write-json.ts";
import { matchesSimplePattern } from "../text/simple-pattern.ts";

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
  const shown = isObject(parsed) ? filterObject(parsed, "", { includes, excludes }, includes.length === 0) : parsed;
  return new RawJson(JSON.stringify(shown));
};

type Patterns = Pick<SourceFilter, "includes" | "excludes">;

/** @param included - A parent is named, so that all below it is too. */
const filterObject = (object: JsonObject, parent: string, patterns: Patterns, included: boolean): JsonObject => {
  const kept: [string, Json][] = [];
  for (const [key, value] of Object.entries(object)) {
    const path = parent === "" ? key : `${parent}.${key}`;
    if (patterns.excludes.some((pattern) => matchesSimplePattern(pattern, path))) continue;
    const named = included || patterns.includes.some((pattern) => matchesSimplePattern(pattern, path));
    const inside = filterValue(value, path, patterns, named);
    if (inside !== undefined) kept.push([key, inside]);
  }
  return Object.fromEntries(kept);
};

/** undefined = none of it is shown. */
const filterValue = (value: Json, path: string, patterns: Patterns, named: boolean): Json | undefined => {
  if (Array.isArray(value)) {
    const items = (value as readonly Json[]).map((item) => filterValue(item, path, patterns, named));
    const kept = items.filter((item) => item !== undefined);
    return named || kept.length > 0 ? kept : undefined;
  }
  if (!isObject(value)) return named ? value : undefined;
  const inside = filterObject(value, path, patterns, named);
  return named || Object.keys(inside).length > 0 ? inside : undefined;
};
