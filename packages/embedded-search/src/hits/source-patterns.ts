import { isObject, type Json, type JsonObject } from "../json/json.ts";
import { matchesSimplePattern } from "../text/simple-pattern.ts";

/** What is looked for; undefined = everything. Here `*` stands for dots, too. */
type Patterns = readonly string[] | undefined;

interface Filter {
  readonly includes: Patterns;
  readonly excludes: readonly string[];
}

/** Does a pattern mean this path or something above it? */
const isMeant = (pattern: string, path: string): boolean =>
  matchesSimplePattern(pattern, path) || matchesSimplePattern(`${pattern}.*`, path);

const accepts = (patterns: Patterns, path: string): boolean =>
  patterns === undefined || patterns.some((pattern) => isMeant(pattern, path));

/** Could a pattern mean something that starts like this? */
const reaches = (patterns: Patterns, start: string): boolean =>
  patterns === undefined || patterns.some((pattern) => canStart(pattern, start) || isMeant(pattern, start));

const canStart = (pattern: string, start: string): boolean => {
  const star = pattern.indexOf("*");
  const fixed = star < 0 ? pattern : pattern.slice(0, star);
  return fixed.startsWith(start) || (star >= 0 && start.startsWith(fixed));
};

/** The source as a map that is copied by pattern: how Elasticsearch does it when something to leave out has a `*`. */
export const byPatterns = (source: JsonObject, includes: readonly string[], excludes: readonly string[]): JsonObject =>
  inObject(source, "", { includes: includes.length === 0 ? undefined : includes, excludes });

const inObject = (object: JsonObject, parent: string, filter: Filter): JsonObject => {
  const kept: [string, Json][] = [];
  for (const [key, value] of Object.entries(object)) {
    const path = parent + key;
    const isKept = accepts(filter.includes, path);
    if ((!isKept && !reaches(filter.includes, path)) || accepts(filter.excludes, path)) continue;
    const inside = inValue(value, path, isKept, filter);
    if (inside !== undefined) kept.push([key, inside]);
  }
  return Object.fromEntries(kept);
};

/** undefined = none of it is shown. */
const inValue = (value: Json, path: string, isKept: boolean, filter: Filter): Json | undefined => {
  if (isKept && !reaches(filter.excludes, `${path}.`)) return value;
  const below = isKept ? { ...filter, includes: undefined } : filter;
  if (isObject(value)) {
    const inside = inObject(value, `${path}.`, below);
    return isKept || Object.keys(inside).length > 0 ? inside : undefined;
  }
  if (!Array.isArray(value)) return isKept ? value : undefined;
  const items = inList(value as readonly Json[], path, isKept, below);
  return isKept || items.length > 0 ? items : undefined;
};

/** Objects and lists that are empty are left out, even if they always were. */
const inList = (items: readonly Json[], path: string, isKept: boolean, filter: Filter): readonly Json[] =>
  items.flatMap((item): readonly Json[] => {
    if (isObject(item)) {
      const inside = inObject(item, `${path}.`, filter);
      return Object.keys(inside).length > 0 ? [inside] : [];
    }
    if (!Array.isArray(item)) return isKept ? [item] : [];
    const inside = inList(item as readonly Json[], path, isKept, filter);
    return inside.length > 0 ? [inside] : [];
  });
