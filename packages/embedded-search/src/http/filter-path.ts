import { isObject, type Json } from "../json/json.ts";
import { matchesSimplePattern } from "../text/simple-pattern.ts";

/** Keeps what the paths of `filter_path` name: `hits.hits._id`, `**.error`, `-took`. undefined = nothing is left. */
export const filterByPath = (json: Json, paths: string): Json | undefined => {
  const all = paths.split(",").map((path) => path.trim());
  const included = all.filter((path) => path !== "" && !path.startsWith("-")).map(split);
  const excluded = all.filter((path) => path.startsWith("-")).map((path) => split(path.slice(1)));
  const kept = included.length === 0 ? json : keep(json, included);
  return kept === undefined || excluded.length === 0 ? kept : drop(kept, excluded);
};

type Path = readonly string[];

const split = (path: string): Path => path.split(".");

/** What remains of the paths below a key; an empty path has reached its end. */
const below = (paths: readonly Path[], key: string): readonly Path[] =>
  paths.flatMap((path) => {
    const [first = "", ...rest] = path;
    if (first === "**") return [path, ...(rest.length === 0 ? [[]] : below([rest], key))];
    return matchesSimplePattern(first, key) ? [rest] : [];
  });

const keep = (json: Json, paths: readonly Path[]): Json | undefined => {
  if (paths.some((path) => path.length === 0)) return json;
  if (Array.isArray(json)) {
    const items = (json as readonly Json[]).flatMap((item) => keep(item, paths) ?? []);
    return items.length === 0 ? undefined : items;
  }
  if (!isObject(json)) return undefined;
  const entries = Object.entries(json).flatMap(([key, value]) => {
    const rest = below(paths, key);
    const kept = rest.length === 0 ? undefined : keep(value, rest);
    return kept === undefined ? [] : [[key, kept] as const];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
};

const drop = (json: Json, paths: readonly Path[]): Json => {
  if (Array.isArray(json)) return (json as readonly Json[]).map((item) => drop(item, paths));
  if (!isObject(json)) return json;
  const entries = Object.entries(json).flatMap(([key, value]) => {
    const rest = below(paths, key);
    return rest.some((path) => path.length === 0) ? [] : [[key, drop(value, rest)] as const];
  });
  return Object.fromEntries(entries);
};
