import { illegalArgument, ApiError } from "../errors/api-error.ts";
import { showJson } from "../json/json.ts";
import type { AliasField, Field, LeafField, ObjectField } from "./field.ts";
import { flatProperties } from "./flat-properties.ts";

/** Parameters that may change while an index lives. */
const UPDATABLE = new Set([
  "ignore_above",
  "coerce",
  "copy_to",
  "ignore_malformed",
  "meta",
  "eager_global_ordinals",
  "search_analyzer",
]);

/** What to do with a field that both sides declare. */
type LeafMerge = (current: LeafField, update: LeafField) => LeafField;

/** The later declaration wins, as when an index overrides its template. */
export const replaceLeaf: LeafMerge = (_current, update) => update;

/** Merges one object declaration into another of the same name. */
export const mergeObject = (current: ObjectField, update: ObjectField, merge: LeafMerge = mergeLeaf): ObjectField => {
  const isRoot = current.name === "";
  if (!isRoot && current.enabled !== update.enabled) {
    const reason = `the [enabled] parameter can't be updated for the object mapping [${current.name}]`;
    throw new ApiError(500, { type: "mapper_exception", reason });
  }
  if (merge === mergeLeaf) checkSubobjects(current, update);
  const subobjects = merge === mergeLeaf ? current.subobjects : (update.subobjects ?? current.subobjects);
  const properties = new Map(current.properties);
  const updates =
    subobjects === false && update.subobjects !== false
      ? flatProperties(update.name, update.properties, current.dynamic)
      : update.properties;
  for (const [key, field] of updates) {
    const known = properties.get(key);
    properties.set(key, known ? mergeField(known, field, merge) : field);
  }
  const enabled = merge === replaceLeaf ? update.enabled : current.enabled;
  return { ...current, enabled, dynamic: update.dynamic ?? current.dynamic, subobjects, properties };
};

const checkSubobjects = (current: ObjectField, update: ObjectField): void => {
  if (update.subobjects === undefined || update.subobjects === (current.subobjects ?? true)) return;
  const reason = `the [subobjects] parameter can't be updated for the object mapping [${current.name === "" ? "_doc" : current.name}]`;
  throw new ApiError(500, { type: "mapper_exception", reason });
};

const mergeField = (current: Field, update: Field, merge: LeafMerge): Field => {
  if (current.kind === "object" && update.kind === "object") return mergeObject(current, update, merge);
  if (current.kind === "leaf" && update.kind === "leaf") return merge(current, update);
  if (merge === replaceLeaf && current.kind !== "object" && update.kind !== "object") return update;
  if (current.kind === "alias") return mergeAlias(current, update);
  if (current.kind === "leaf" && update.kind === "alias")
    throw illegalArgument(`mapper [${current.name}] cannot be changed from type [${current.type}] to [Builder]`);
  throw illegalArgument(`can't merge a non object mapping [${current.name}] with an object mapping`);
};

/** A name may come to stand for another leaf. */
const mergeAlias = (current: AliasField, update: Field): AliasField => {
  if (update.kind === "alias") return update;
  throw illegalArgument(
    `Cannot merge a field alias mapping [${current.name}] with a mapping that is not for a field alias.`,
  );
};

const mergeLeaf = (current: LeafField, update: LeafField): LeafField => {
  if (current.type !== update.type)
    throw illegalArgument(`mapper [${current.name}] cannot be changed from type [${current.type}] to [${update.type}]`);
  for (const key of new Set([...current.params.keys(), ...update.params.keys()])) checkSame(current, update, key);
  const fields = new Map(current.fields);
  for (const [key, field] of update.fields) {
    const known = fields.get(key);
    fields.set(key, known ? mergeLeaf(known, field) : field);
  }
  return { ...update, fields };
};

const checkSame = (current: LeafField, update: LeafField, key: string): void => {
  if (UPDATABLE.has(key)) return;
  const show = (leaf: LeafField): string => shown(leaf, key);
  if (show(current) === show(update)) return;
  throw illegalArgument(
    `Mapper for [${current.name}] conflicts with existing mapper:\n\tCannot update parameter [${key}] from [${show(current)}] to [${show(update)}]`,
  );
};

const shown = (leaf: LeafField, key: string): string => {
  const value = leaf.params.get(key);
  if (key === "format") return leaf.format.text;
  if (key === "analyzer") return value === undefined || value === "standard" ? "default" : showJson(value);
  if (key === "index" || key === "doc_values") return showJson(value ?? true);
  return value === undefined ? "null" : showJson(value);
};
