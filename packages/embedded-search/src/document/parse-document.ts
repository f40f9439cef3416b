import { ApiError } from "../errors/api-error.ts";
import { ValueError } from "../errors/value-error.ts";
import { isObject, isScalar, type Json, type JsonObject } from "../json/json.ts";
import { type Dynamic, type Field, isNumeric, type LeafField, type ObjectField } from "../mapping/field.ts";
import type { Mapping } from "../mapping/mapping.ts";
import { checkGeoPoint, isPoint } from "../values/geo-point.ts";
import { toIndexValue, type IndexValue } from "../values/index-value.ts";
import { newLeaf, newObject } from "./detect-field.ts";
import {
  badFieldName,
  DocumentError,
  type DocumentOrigin,
  metadataField,
  notAnObject,
  strictMapping,
  valueRefused,
} from "./document-error.ts";

/** A document read by its mapping: parallel lists of fields and values, in document order. */
export interface ParsedDocument {
  readonly fields: readonly LeafField[];
  readonly values: readonly IndexValue[];
  /** Fields to add to the mapping before the document is indexed. */
  readonly newFields: readonly Field[];
  /** Names of fields with an ignored value: too long, or malformed where that is allowed. */
  readonly ignored: readonly string[];
}

/** Depth limit of nested objects and lists, as Elasticsearch's `index.mapping.depth.limit`. */
const MAX_DEPTH = 20;

const METADATA = new Set(
  "_id _index _source _type _routing _version _seq_no _primary_term _field_names _ignored _doc_count _tier _nested_path".split(
    " ",
  ),
);

/**
 * Reads a document.
 *
 * @throws {DocumentError} when a value does not fit its field; nothing of the document is stored then.
 */
export const parseDocument = (mapping: Mapping, origin: DocumentOrigin, document: Json): ParsedDocument => {
  if (!isObject(document)) throw new DocumentError("Malformed content, must start with an object");
  const parser = new DocumentParser(mapping, origin);
  if (mapping.root.enabled) parser.object(mapping.root, document, mapping.dynamic);
  return parser;
};

class DocumentParser implements ParsedDocument {
  readonly fields: LeafField[] = [];
  readonly values: IndexValue[] = [];
  readonly ignored: string[] = [];
  readonly #added = new Map<string, Field>();
  readonly #mapping: Mapping;
  readonly #origin: DocumentOrigin;
  /** The parser's position in the document, for messages. */
  readonly #path: (string | number)[] = [];

  constructor(mapping: Mapping, origin: DocumentOrigin) {
    this.#mapping = mapping;
    this.#origin = origin;
  }

  get newFields(): readonly Field[] {
    return [...this.#added.values()];
  }

  object(field: ObjectField, document: JsonObject, dynamic: Dynamic): void {
    for (const key of Object.keys(document)) {
      const value = document[key];
      if (value === undefined) continue;
      this.#path.push(key);
      const known = field.properties.get(key);
      if (known === undefined) this.#unknownKey(field, key, value, dynamic);
      else this.#value(known, value, dynamic);
      this.#path.pop();
    }
  }

  #unknownKey(parent: ObjectField, key: string, value: Json, dynamic: Dynamic): void {
    if (parent.name === "" && METADATA.has(key)) throw metadataField(this.#origin, this.#path, key, value);
    if (key.includes(".") || key.trim() === "") {
      this.#dottedKey(parent, key, value, dynamic);
      return;
    }
    const name = parent.name === "" ? key : `${parent.name}.${key}`;
    const added = this.#added.get(name);
    if (added) {
      this.#value(added, value, dynamic);
      return;
    }
    this.#newField(parent, key, name, value, dynamic);
  }

  #dottedKey(parent: ObjectField, key: string, value: Json, dynamic: Dynamic): void {
    const steps = key.split(".");
    if (key === "") throw badFieldName(this.#origin, this.#path, "field name cannot be an empty string");
    if (/^\.+$/.test(key)) throw badFieldName(this.#origin, this.#path, "field name cannot contain only dots");
    if (steps.some((step) => step.trim() === ""))
      throw badFieldName(this.#origin, this.#path, `field name cannot contain only whitespace: ['${key}']`);
    const [first = "", ...rest] = steps;
    const nested = rest.reduceRight<Json>((inner, step) => ({ [step]: inner }), value);
    const known = parent.properties.get(first);
    if (known) this.#value(known, nested, dynamic);
    else this.#unknownKey(parent, first, nested, dynamic);
  }

  #newField(parent: ObjectField, key: string, name: string, value: Json, dynamic: Dynamic): void {
    const sample = firstValue(value);
    if (sample === undefined || dynamic === "false") return;
    if (dynamic === "strict") throw strictMapping(this.#origin, parent.name, this.#path, key);
    if (name.split(".").length > MAX_DEPTH) this.#tooDeep();
    const field = isScalar(sample) ? newLeaf(this.#mapping, name, sample) : newObject(this.#mapping, name);
    this.#added.set(name, field);
    this.#value(field, value, dynamic);
  }

  #tooDeep(): never {
    const reason = `Limit of mapping depth [${MAX_DEPTH}] has been exceeded due to object field [${this.#path.join(".")}]`;
    throw new ApiError(400, { type: "illegal_argument_exception", reason });
  }

  #value(field: Field, value: Json, dynamic: Dynamic): void {
    if (field.kind === "leaf") {
      this.#leaf(field, value);
      return;
    }
    if (!field.enabled || value === null) return;
    if (isObject(value)) {
      this.object(field, value, field.dynamic ?? dynamic);
      return;
    }
    if (!Array.isArray(value)) throw notAnObject(this.#origin, field.name, this.#path);
    this.#each(value as readonly Json[], (item) => this.#value(field, item, dynamic));
  }

  #each(items: readonly Json[], read: (item: Json) => void): void {
    for (let i = 0; i < items.length; i++) {
      this.#path.push(i);
      read(items[i] ?? null);
      this.#path.pop();
    }
  }

  #leaf(field: LeafField, value: Json): void {
    if (Array.isArray(value) && (field.type !== "geo_point" || !isPoint(value as Json))) {
      this.#each(value as readonly Json[], (item) => this.#leaf(field, item));
      return;
    }
    if (value === null && field.nullValue === undefined) return;
    this.#index(field, value ?? field.nullValue ?? null);
  }

  #index(field: LeafField, value: Json): void {
    try {
      this.#store(field, value);
    } catch (cause) {
      if (!field.ignoreMalformed || !(cause instanceof ValueError))
        throw valueRefused(this.#origin, field, this.#path, value, cause);
      this.#ignore(field);
    }
    if (field.fields.size > 0) for (const multi of field.fields.values()) this.#index(multi, value);
  }

  #store(field: LeafField, value: Json): void {
    if (field.type === "geo_point") checkGeoPoint(field.name, value);
    else if (!isScalar(value)) throw objectRefused(field);
    const stored = isScalar(value) ? toIndexValue(field, value) : 0;
    if (stored !== undefined) {
      this.fields.push(field);
      this.values.push(stored);
    } else if (field.type === "keyword") this.#ignore(field);
  }

  #ignore(field: LeafField): void {
    if (this.ignored.includes(field.name)) return;
    this.ignored.push(field.name);
    this.ignored.sort();
  }
}

const objectRefused = (field: LeafField): ValueError => {
  if (isNumeric(field.type)) return new ValueError("Cannot parse object as number");
  return new ValueError("Expected text at {place} but found START_OBJECT", undefined, undefined, true);
};

/** The value that decides the type of a new field: the first non-null one, also inside lists; undefined when there is none. */
const firstValue = (value: Json): Json | undefined => {
  if (value === null) return undefined;
  if (!Array.isArray(value)) return value;
  for (const item of value as readonly Json[]) {
    const found = firstValue(item);
    if (found !== undefined) return found;
  }
  return undefined;
};
