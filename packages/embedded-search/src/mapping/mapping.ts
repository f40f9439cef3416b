import type { Json, JsonObject } from "../json/json.ts";
import { matchesSimplePattern } from "../text/simple-pattern.ts";
import type { DynamicTemplate } from "./dynamic-template.ts";
import type { Dynamic, Field, LeafField, ObjectField } from "./field.ts";
import type { FieldsView } from "./fields-view.ts";
import { mergeObject, replaceLeaf } from "./merge-mapping.ts";
import type { MappingDefinition } from "./parse-mapping.ts";

const emptyRoot: ObjectField = { kind: "object", name: "", enabled: true, dynamic: undefined, properties: new Map() };

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
  readonly #objects = new Map<string, ObjectField>();
  #fieldCount = 0;

  constructor(definition: MappingDefinition) {
    this.definition = definition;
    this.root = definition.root;
    this.#addAll(definition.root);
  }

  #addAll(object: ObjectField): void {
    for (const field of object.properties.values()) {
      this.#fieldCount++;
      if (field.kind === "leaf") this.#addLeaf(field);
      else {
        this.#objects.set(field.name, field);
        this.#addAll(field);
      }
    }
  }

  #addLeaf(field: LeafField): void {
    this.#leaves.set(field.name, field);
    for (const multi of field.fields.values()) {
      this.#fieldCount++;
      this.#addLeaf(multi);
    }
  }

  /** Objects, leaves and multi-fields, as `index.mapping.total_fields.limit` counts them. */
  get fieldCount(): number {
    return this.#fieldCount;
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

  field(name: string): LeafField | undefined {
    return this.#leaves.get(name);
  }

  isObject(name: string): boolean {
    return this.#objects.has(name);
  }

  object(name: string): ObjectField | undefined {
    return name === "" ? this.root : this.#objects.get(name);
  }

  matching(pattern: string): readonly LeafField[] {
    if (!pattern.includes("*")) return [this.#leaves.get(pattern) ?? []].flat();
    return this.leaves().filter((leaf) => matchesSimplePattern(pattern, leaf.name));
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
    });
  }

  /** This mapping with fields found in documents. */
  withFields(fields: Iterable<Field>): Mapping {
    let { root } = this;
    for (const field of fields) root = mergeObject(root, wrap(field));
    return new Mapping({ ...this.definition, root });
  }

  toJson(): JsonObject {
    const { definition } = this;
    return {
      ...(definition.root.dynamic === undefined ? {} : { dynamic: definition.root.dynamic }),
      ...(definition.meta === undefined ? {} : { _meta: definition.meta }),
      ...(definition.dynamicTemplates === undefined || definition.dynamicTemplates.length === 0
        ? {}
        : { dynamic_templates: definition.dynamicTemplates.map(({ name, declared }) => ({ [name]: declared })) }),
      ...(definition.dateDetection === undefined ? {} : { date_detection: definition.dateDetection }),
      ...(definition.numericDetection === undefined ? {} : { numeric_detection: definition.numericDetection }),
      ...(definition.root.enabled ? {} : { enabled: false }),
      ...propertiesJson(definition.root),
    };
  }
}

const wrap = (field: Field): ObjectField => {
  const path = field.name.split(".");
  let wrapped: Field = field;
  for (let depth = path.length - 1; depth >= 0; depth--) {
    const name = path.slice(0, depth).join(".");
    wrapped = { ...emptyRoot, name, properties: new Map([[path[depth] ?? "", wrapped]]) };
  }
  return wrapped.kind === "object" ? wrapped : emptyRoot;
};

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : a > b ? 1 : 0;

const propertiesJson = (object: ObjectField): JsonObject => {
  if (object.properties.size === 0) return {};
  const entries = [...object.properties].sort(byName).map(([key, field]) => [key, fieldJson(field)] as const);
  return { properties: Object.fromEntries(entries) };
};

const fieldJson = (field: Field): JsonObject => {
  if (field.kind === "leaf") return leafJson(field);
  const bare = field.properties.size === 0;
  return {
    ...(bare ? { type: "object" } : {}),
    ...(field.dynamic === undefined ? {} : { dynamic: field.dynamic }),
    ...(field.enabled ? {} : { enabled: false }),
    ...propertiesJson(field),
  };
};

const leafJson = (field: LeafField): JsonObject => {
  const params: readonly (readonly [string, Json])[] = [...field.params];
  const fields = [...field.fields].map(([key, multi]) => [key, leafJson(multi)] as const);
  return {
    type: field.type,
    ...Object.fromEntries(params),
    ...(fields.length === 0 ? {} : { fields: Object.fromEntries(fields) }),
  };
};
