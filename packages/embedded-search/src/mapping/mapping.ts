import { BUILT_IN_NORMALIZERS, type Normalizers } from "../analysis/normalizer.ts";
import { ApiError } from "../errors/api-error.ts";
import type { JsonObject } from "../json/json.ts";
import { matchesSimplePattern } from "../text/simple-pattern.ts";
import type { DynamicTemplate } from "./dynamic-template.ts";
import type { Dynamic, Field, LeafField, ObjectField } from "./field.ts";
import type { FieldsView } from "./fields-view.ts";
import { type FlatNames, flatNames } from "./flat-names.ts";
import { mergeObject, replaceLeaf } from "./merge-mapping.ts";
import { parseLeaf } from "./parse-leaf.ts";
import type { MappingDefinition } from "./parse-mapping.ts";

const emptyRoot: ObjectField = {
  kind: "object",
  name: "",
  enabled: true,
  dynamic: undefined,
  subobjects: undefined,
  properties: new Map(),
};

/** What documents have ignored values in: a field of every index that no mapping shows. */
export const ignoredField: LeafField = parseLeaf("_ignored", "keyword", {});

/** The mapping of one index: replaced as a whole when it grows, so that a reader's view never changes under it. */
export class Mapping implements FieldsView {
  static readonly empty: Mapping = new Mapping({
    root: emptyRoot,
    dynamicTemplates: undefined,
    dateDetection: undefined,
    numericDetection: undefined,
    meta: undefined,
  });

  readonly root: ObjectField;
  readonly definition: MappingDefinition;
  readonly #leaves = new Map<string, LeafField>();
  /** Paths of the leaves that have further names, by those names. */
  readonly #aliases = new Map<string, string>();
  readonly #objects = new Map<string, ObjectField>();
  /** Paths above the leaves of a flat object. */
  readonly #prefixes = new Set<string>();
  readonly #flat = new Map<ObjectField, FlatNames>();
  #fieldCount = 0;

  constructor(definition: MappingDefinition) {
    this.definition = definition;
    this.root = definition.root;
    this.#addAll(definition.root);
  }

  #addAll(object: ObjectField): void {
    for (const field of object.properties.values()) {
      this.#fieldCount++;
      if (field.kind === "alias") this.#aliases.set(field.name, field.path);
      else if (field.kind === "leaf") {
        this.#addLeaf(field);
        if (object.subobjects === false) this.#addPrefixes(field.name);
      } else {
        this.#objects.set(field.name, field);
        this.#addAll(field);
      }
    }
  }

  #addPrefixes(name: string): void {
    for (let dot = name.lastIndexOf("."); dot > 0; dot = name.lastIndexOf(".", dot - 1)) {
      const prefix = name.slice(0, dot);
      if (this.#prefixes.has(prefix)) return;
      this.#prefixes.add(prefix);
    }
  }

  #addLeaf(field: LeafField): void {
    this.#leaves.set(field.name, field);
    for (const multi of field.fields.values()) {
      this.#fieldCount++;
      this.#addLeaf(multi);
    }
  }

  /** What a flat object of this mapping knows by which keys. */
  flatNames(object: ObjectField): FlatNames {
    const known = this.#flat.get(object);
    if (known !== undefined) return known;
    const names = flatNames(object);
    this.#flat.set(object, names);
    return names;
  }

  /** Objects, leaves and multi-fields, as `index.mapping.total_fields.limit` counts them. */
  get fieldCount(): number {
    return this.#fieldCount;
  }

  get normalizers(): Normalizers {
    return this.definition.normalizers ?? BUILT_IN_NORMALIZERS;
  }

  get dynamicTemplates(): readonly DynamicTemplate[] {
    return this.definition.dynamicTemplates ?? [];
  }

  get dateDetection(): boolean {
    return this.definition.dateDetection ?? true;
  }

  get numericDetection(): boolean {
    return this.definition.numericDetection ?? false;
  }

  get dynamic(): Dynamic {
    return this.root.dynamic ?? "true";
  }

  /** The leaf of a full path, or of another name of it. */
  field(name: string): LeafField | undefined {
    return this.#leaves.get(name) ?? this.#aliased(name) ?? (name === ignoredField.name ? ignoredField : undefined);
  }

  #aliased(name: string): LeafField | undefined {
    return this.#aliases.size === 0 ? undefined : this.#leaves.get(this.#aliases.get(name) ?? "");
  }

  /** Other names of leaves, with the paths they stand for. */
  get aliases(): ReadonlyMap<string, string> {
    return this.#aliases;
  }

  isObject(name: string): boolean {
    return this.#objects.has(name) || this.#prefixes.has(name);
  }

  object(name: string): ObjectField | undefined {
    return name === "" ? this.root : this.#objects.get(name);
  }

  matching(pattern: string): readonly LeafField[] {
    if (!pattern.includes("*")) return [this.#leaves.get(pattern) ?? this.#aliased(pattern) ?? []].flat();
    const leaves = this.leaves().filter((leaf) => matchesSimplePattern(pattern, leaf.name));
    if (this.#aliases.size === 0) return leaves;
    const names = [...this.#aliases.keys()].filter((name) => matchesSimplePattern(pattern, name));
    return [...new Set([...leaves, ...names.flatMap((name) => this.#aliased(name) ?? [])])];
  }

  /** All leaves, multi-fields included. */
  leaves(): LeafField[] {
    return [...this.#leaves.values()];
  }

  /** This mapping merged with another. @throws {ApiError} 400 when a field would change its type. */
  merge(update: MappingDefinition): Mapping {
    return this.#with(update, mergeObject(this.root, update.root));
  }

  /** This mapping, of a template, overridden by what the index declares itself. */
  overlay(update: MappingDefinition): Mapping {
    return this.#with(update, mergeObject(this.root, update.root, replaceLeaf));
  }

  #with(update: MappingDefinition, root: ObjectField): Mapping {
    return new Mapping({
      root,
      dynamicTemplates: update.dynamicTemplates ?? this.definition.dynamicTemplates,
      dateDetection: update.dateDetection ?? this.definition.dateDetection,
      numericDetection: update.numericDetection ?? this.definition.numericDetection,
      meta: update.meta ?? this.definition.meta,
      normalizers: update.normalizers ?? this.definition.normalizers,
    });
  }

  /** This mapping with fields found in documents. */
  withFields(fields: Iterable<Field>): Mapping {
    const root = wrapAll(fields).reduce((merged, update) => mergeObject(merged, update), this.root);
    return new Mapping({ ...this.definition, root });
  }

  /** These fields of it alone; undefined when they do not fit beside one another. */
  onlyWith(fields: Iterable<Field>): Mapping | undefined {
    try {
      const root = { ...emptyRoot, subobjects: this.root.subobjects };
      return new Mapping({ ...Mapping.empty.definition, root }).withFields(fields);
    } catch (error) {
      if (error instanceof ApiError) return undefined;
      throw error;
    }
  }

  /** This mapping merged with others, in order. */
  mergeAll(updates: readonly MappingDefinition[]): Mapping {
    if (updates.length === 0) return this;
    const root = updates.reduce((merged, update) => mergeObject(merged, update.root), this.root);
    return new Mapping({ ...this.definition, root });
  }

  /** @param ignoreMalformed - What the index says where a field does not: a field that says the same shows nothing. Default false. */
  toJson(ignoreMalformed = false): JsonObject {
    const { definition } = this;
    return {
      ...(definition.root.dynamic === undefined ? {} : { dynamic: definition.root.dynamic }),
      ...(definition.root.subobjects === undefined ? {} : { subobjects: definition.root.subobjects }),
      ...(definition.meta === undefined ? {} : { _meta: definition.meta }),
      ...(definition.dynamicTemplates === undefined || definition.dynamicTemplates.length === 0
        ? {}
        : { dynamic_templates: definition.dynamicTemplates.map(({ name, declared }) => ({ [name]: declared })) }),
      ...(definition.dateDetection === undefined ? {} : { date_detection: definition.dateDetection }),
      ...(definition.numericDetection === undefined ? {} : { numeric_detection: definition.numericDetection }),
      ...(definition.root.enabled ? {} : { enabled: false }),
      ...propertiesJson(definition.root, ignoreMalformed),
    };
  }
}

/**
 * The fields within their objects, in as few updates as can be, since each merge copies what is there. One name as a value and as an
 * object takes two: whether they fit beside one another is for the merge to say.
 */
const wrapAll = (fields: Iterable<Field>): readonly ObjectField[] => {
  const updates: Map<string, Field>[] = [];
  for (const field of fields) {
    const current = updates.at(-1);
    if (current !== undefined && place(current, field)) continue;
    const next = new Map<string, Field>();
    place(next, field);
    updates.push(next);
  }
  return updates.map((properties) => ({ ...emptyRoot, properties }));
};

/** @returns false when there is no place for it beside what is there. */
const place = (root: Map<string, Field>, field: Field): boolean => {
  const path = field.name.split(".");
  let properties = root;
  for (const [depth, part] of path.slice(0, -1).entries()) {
    const inner = objectIn(properties, part, path.slice(0, depth + 1).join("."));
    if (inner === null) return false;
    properties = inner;
  }
  const last = path.at(-1) ?? "";
  if (properties.has(last)) return false;
  properties.set(last, field.kind === "object" ? { ...field, properties: new Map(field.properties) } : field);
  return true;
};

const objectIn = (outer: Map<string, Field>, part: string, name: string): Map<string, Field> | null => {
  const known = outer.get(part);
  if (known !== undefined && known.kind !== "object") return null;
  // Only what is made here is looked at here, so its properties can be added to.
  if (known !== undefined) return known.properties as Map<string, Field>;
  const properties = new Map<string, Field>();
  outer.set(part, { ...emptyRoot, name, properties });
  return properties;
};

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : a > b ? 1 : 0;

const propertiesJson = (object: ObjectField, ignoreMalformed: boolean): JsonObject => {
  if (object.properties.size === 0) return {};
  const fields = [...object.properties].sort(byName);
  return { properties: Object.fromEntries(fields.map(([key, field]) => [key, fieldJson(field, ignoreMalformed)])) };
};

const fieldJson = (field: Field, ignoreMalformed: boolean): JsonObject => {
  if (field.kind === "leaf") return leafJson(field, ignoreMalformed);
  if (field.kind === "alias") return { type: "alias", path: field.path };
  const bare = field.properties.size === 0;
  return {
    ...(bare ? { type: "object" } : {}),
    ...(field.dynamic === undefined ? {} : { dynamic: field.dynamic }),
    ...(field.enabled ? {} : { enabled: false }),
    ...(field.subobjects === undefined ? {} : { subobjects: field.subobjects }),
    ...propertiesJson(field, ignoreMalformed),
  };
};

const leafJson = (field: LeafField, ignoreMalformed: boolean): JsonObject => {
  const params = [...field.params].filter(
    ([key]) => key !== "ignore_malformed" || field.ignoreMalformed !== ignoreMalformed,
  );
  const fields = [...field.fields].map(([key, multi]) => [key, leafJson(multi, ignoreMalformed)] as const);
  return {
    type: field.type,
    ...Object.fromEntries(params),
    ...(fields.length === 0 ? {} : { fields: Object.fromEntries(fields) }),
  };
};
