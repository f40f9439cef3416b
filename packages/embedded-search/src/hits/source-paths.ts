import { isObject, type Json, type JsonObject } from "../json/json.ts";
import { compilePaths, follow, type PathNode } from "./filter-path.ts";

/** The parts of a source at these paths. */
export const onlyPaths = (source: JsonObject, paths: readonly string[]): JsonObject =>
  keptOf(source, new Set([compilePaths(paths)])) ?? {};

/** A source without what is at these paths, and without objects and lists that are empty then. */
export const withoutPaths = (source: JsonObject, paths: readonly string[]): JsonObject =>
  restOf(source, new Set([compilePaths(paths)])) ?? {};

/** undefined = none of it is at a path. */
const keptIn = (value: Json, nodes: ReadonlySet<PathNode>): Json | undefined => {
  if (isObject(value)) return keptOf(value, nodes);
  if (!Array.isArray(value)) return undefined;
  const kept = (value as readonly Json[]).map((item) => keptIn(item, nodes)).filter((item) => item !== undefined);
  return kept.length === 0 ? undefined : kept;
};

const keptOf = (object: JsonObject, nodes: ReadonlySet<PathNode>): JsonObject | undefined => {
  const kept: [string, Json][] = [];
  for (const [key, value] of Object.entries(object)) {
    const steps = follow(nodes, key);
    const inside = steps === "all" ? value : steps.size === 0 ? undefined : keptIn(value, steps);
    if (inside !== undefined) kept.push([key, inside]);
  }
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
};

/** undefined = nothing of it is left. */
const restIn = (value: Json, nodes: ReadonlySet<PathNode>): Json | undefined => {
  if (isObject(value)) return restOf(value, nodes);
  if (!Array.isArray(value)) return value;
  const kept = (value as readonly Json[]).map((item) => restIn(item, nodes)).filter((item) => item !== undefined);
  return kept.length === 0 && value.length > 0 ? undefined : kept;
};

const restOf = (object: JsonObject, nodes: ReadonlySet<PathNode>): JsonObject | undefined => {
  const entries = Object.entries(object);
  const kept: [string, Json][] = [];
  for (const [key, value] of entries) {
    const steps = follow(nodes, key);
    if (steps === "all") continue;
    const inside = steps.size === 0 ? value : restIn(value, steps);
    if (inside !== undefined) kept.push([key, inside]);
  }
  return kept.length === 0 && entries.length > 0 ? undefined : Object.fromEntries(kept);
};
