import { unsupported } from "../errors/api-error.ts";
import { readerError, ValueError } from "../errors/value-error.ts";
import { isObject, isScalar, type Json, type JsonObject } from "../json/json.ts";
import { msOfNanos } from "../dates/nanos.ts";
import {
  type AliasField,
  type Dynamic,
  type Field,
  isDate,
  isNumeric,
  isString,
  type LeafField,
  type ObjectField,
} from "../mapping/field.ts";
import type { FlatNames } from "../mapping/flat-names.ts";
import { HIDDEN_SIGN } from "../mapping/parse-leaf.ts";
import { ignoredField, type Mapping } from "../mapping/mapping.ts";
import { checkGeoPoint, isPoint, type PointRules } from "../values/geo-point.ts";
import { toIndexValue, type IndexValue } from "../values/index-value.ts";
import { newLeaf, newLeafOfObject, newObject } from "./detect-field.ts";
import {
  aliasWritten,
  badFieldName,
  blankFieldName,
  documentLimit,
  DocumentError,
  type DocumentOrigin,
  metadataField,
  notAnObject,
  objectCopied,
  strictMapping,
  valueRefused,
} from "./document-error.ts";
import { DEFAULT_LIMITS, type DocumentLimits, LONGEST_NAME } from "./document-limits.ts";

/** A document read by its mapping: parallel lists of fields and values, in document order. */
export interface ParsedDocument {
  readonly fields: readonly LeafField[];
  readonly values: readonly IndexValue[];
  /** Fields to add to the mapping before the document is indexed. */
  readonly newFields: readonly Field[];
  /** Names of fields with an ignored value: too long, or malformed where that is allowed. */
  readonly ignored: readonly string[];
}

/** Depth limit of objects, as Elasticsearch's `index.mapping.depth.limit`; the document is one, too. */
const MAX_DEPTH = 20;

const METADATA = new Set(
  "_id _index _source _routing _version _seq_no _primary_term _field_names _ignored _doc_count _tier _nested_path".split(
    " ",
  ),
);

/** How many documents a document stands for in aggregations. */
const DOC_COUNT = "_doc_count";

const [UNDERSCORE, DELETE] = [0x5f, 0x7f];

const NONE: readonly never[] = [];

/**
 * Reads a document.
 *
 * @throws {DocumentError} when a value does not fit its field; nothing of the document is stored then.
 */
export const parseDocument = (
  mapping: Mapping,
  origin: DocumentOrigin,
  document: Json,
  limits: DocumentLimits = DEFAULT_LIMITS,
): ParsedDocument => {
  if (!isObject(document)) throw new DocumentError("Malformed content, must start with an object");
  const parser = new DocumentParser(mapping, origin, limits);
  if (mapping.root.enabled) parser.document(document);
  return parser;
};

class DocumentParser implements ParsedDocument {
  readonly fields: LeafField[] = [];
  readonly values: IndexValue[] = [];
  readonly #ignored = new Set<string>();
  readonly #added = new Map<string, Field>();
  readonly #mapping: Mapping;
  readonly #origin: DocumentOrigin;
  readonly #limits: DocumentLimits;
  #addedCount = 0;
  #isCopy = false;
  /** The parser's position in the document, for messages. */
  readonly #path: (string | number)[] = [];

  constructor(mapping: Mapping, origin: DocumentOrigin, limits: DocumentLimits) {
    this.#mapping = mapping;
    this.#origin = origin;
    this.#limits = limits;
  }

  get ignored(): readonly string[] {
    return this.#ignored.size === 0 ? NONE : [...this.#ignored].sort();
  }

  get newFields(): readonly Field[] {
    return this.#added.size === 0 ? NONE : [...this.#added.values()];
  }

  document(document: JsonObject): void {
    this.#object(this.#mapping.root, document, this.#mapping.dynamic);
    for (const name of this.ignored) {
      this.fields.push(ignoredField);
      this.values.push(name);
    }
  }

  #object(field: ObjectField, document: JsonObject, dynamic: Dynamic): void {
    if (field.subobjects === false) this.#flat(field, "", this.#mapping.flatNames(field), document, dynamic);
    else this.#nested(field, document, dynamic);
  }

  #nested(field: ObjectField, document: JsonObject, dynamic: Dynamic): void {
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

  /**
   * Reads an object below a flat one.
   *
   * @param prefix - Where it is below that, with a dot at its end; "" for itself.
   * @param names - What the flat one knows there.
   */
  #flat(
    parent: ObjectField,
    prefix: string,
    names: FlatNames | undefined,
    document: JsonObject,
    dynamic: Dynamic,
  ): void {
    const isRoot = parent.name === "" && prefix === "";
    for (const key of Object.keys(document)) {
      const value = document[key];
      if (value === undefined) continue;
      this.#path.push(key);
      if (isRoot) this.#checkRootKey(key, value);
      const known = names?.leaves.get(key);
      if (known?.kind === "alias") this.#alias(known, value);
      else if (known !== undefined && isOfLeaf(known, value)) this.#leaf(known, value);
      else this.#flatValue(parent, prefix === "" ? key : prefix + key, names?.below.get(key), value, dynamic);
      this.#path.pop();
    }
  }

  /** Most names begin with a small letter, and need no look. */
  #checkRootKey(key: string, value: Json): void {
    const first = key.charCodeAt(0);
    if (first > UNDERSCORE && first < DELETE) return;
    if (key === "") throw badFieldName(this.#origin, this.#path, "Field name cannot be an empty string");
    if (key.trim() === "") throw blankFieldName(this.#origin, this.#path, key);
    if (key === DOC_COUNT) throw unsupported(`The field [${DOC_COUNT}] in a document`);
    if (METADATA.has(key) && !isObject(value)) throw metadataField(this.#origin, this.#path, key, value);
  }

  /** Objects lend their names to what is in them, so a value and an object may have the same name. */
  #flatValue(parent: ObjectField, key: string, below: FlatNames | undefined, value: Json, dynamic: Dynamic): void {
    const known = parent.properties.get(key) ?? this.#added.get(parent.name === "" ? key : `${parent.name}.${key}`);
    if (known?.kind === "alias") {
      this.#alias(known, value);
      return;
    }
    if (known?.kind === "leaf" && isOfLeaf(known, value)) {
      this.#leaf(known, value);
      return;
    }
    if (value === null) return;
    if (known === undefined && this.#newFlatField(parent, key, value, dynamic)) return;
    if (Array.isArray(value))
      this.#each(value as readonly Json[], (item) => this.#flatValue(parent, key, below, item, dynamic));
    else if (isObject(value)) this.#flat(parent, below?.prefix ?? `${key}.`, below, value, dynamic);
  }

  /** Adds a field and reads its value, unless that has to be read part by part. */
  #newFlatField(parent: ObjectField, key: string, value: Json, dynamic: Dynamic): boolean {
    const isLeaf = isScalar(value);
    if (dynamic !== "true") {
      if (isLeaf && dynamic === "strict") throw strictMapping(this.#origin, parent.name, this.#path, key);
      return isLeaf;
    }
    const name = parent.name === "" ? key : `${parent.name}.${key}`;
    const field = isLeaf ? newLeaf(this.#mapping, name, value, key) : newLeafOfObject(this.#mapping, name, key);
    if (field === undefined) return false;
    if (this.#add(field)) this.#flatValue(parent, key, undefined, value, dynamic);
    return true;
  }

  /** Adds a field to the mapping; false when it has no room for it and the index goes on without. */
  #add(field: Field): boolean {
    if (field.kind === "object" && field.name.split(".").length >= MAX_DEPTH)
      throw documentLimit(
        this.#origin,
        this.#path,
        `mapping depth [${MAX_DEPTH}]`,
        `due to object field [${field.name}]`,
      );
    if (isUnfit(field.name)) {
      this.#ignore(field.name.length > SHOWN_OF_NAME ? `${field.name.slice(0, SHOWN_OF_NAME)}...` : field.name);
      return false;
    }
    const { fields, ignoresFieldsBeyond } = this.#limits;
    const count = this.#addedCount + countOf(field);
    if (this.#mapping.fieldCount + count > fields) {
      if (!ignoresFieldsBeyond)
        throw documentLimit(this.#origin, this.#path, `total fields [${fields}]`, `while adding new fields [${count}]`);
      this.#ignore(field.name);
      return false;
    }
    this.#addedCount = count;
    this.#added.set(field.name, field);
    return true;
  }

  #unknownKey(parent: ObjectField, key: string, value: Json, dynamic: Dynamic): void {
    if (parent.name === "" && key === DOC_COUNT) throw unsupported(`The field [${DOC_COUNT}] in a document`);
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
    const steps = key.replace(/\.{1,512}$/, "").split(".");
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
    const field = isScalar(sample) ? newLeaf(this.#mapping, name, sample) : newObject(this.#mapping, name);
    if (this.#add(field)) this.#value(field, value, dynamic);
  }

  #value(field: Field, value: Json, dynamic: Dynamic): void {
    if (field.kind === "leaf") {
      this.#leaf(field, value);
      return;
    }
    if (field.kind === "alias") {
      this.#alias(field, value);
      return;
    }
    if (!field.enabled || value === null) return;
    if (isObject(value)) {
      this.#object(field, value, field.dynamic ?? dynamic);
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

  /** Refuses any value, also null; a list is refused for its first one. */
  #alias(field: AliasField, value: Json): void {
    if (Array.isArray(value)) this.#each(value as readonly Json[], (item) => this.#alias(field, item));
    else throw aliasWritten(this.#origin, field.name, this.#path);
  }

  #leaf(field: LeafField, value: Json): void {
    if (Array.isArray(value) && (field.type !== "geo_point" || !isPoint(value as Json))) {
      this.#each(value as readonly Json[], (item) => this.#leaf(field, item));
      return;
    }
    if (value !== null || field.nullValue !== undefined) this.#index(field, value ?? field.nullValue ?? null);
    if (field.copyTo.length > 0 && !this.#isCopy) this.#copy(field, value);
  }

  /** What is copied is not copied on. */
  #copy({ name, copyTo }: LeafField, value: Json): void {
    if (value !== null && !isScalar(value)) throw objectCopied(this.#origin, name, copyTo, this.#path);
    this.#isCopy = true;
    for (const target of copyTo) this.#copyTo(target, value);
    this.#isCopy = false;
  }

  /** The name is a path from the root, wherever the field is that is copied. */
  #copyTo(target: string, value: Json): void {
    const { root } = this.#mapping;
    if (this.#mapping.aliases.has(target)) throw aliasWritten(this.#origin, target, this.#path, "copy");
    const leaf = this.#mapping.field(target);
    if (leaf) this.#leaf(leaf, value);
    else if (root.subobjects === false) this.#flatValue(root, target, undefined, value, this.#mapping.dynamic);
    else this.#unknownKey(root, target, value, this.#mapping.dynamic);
  }

  #index(field: LeafField, value: Json): void {
    try {
      this.#store(field, value);
    } catch (cause) {
      if (!(cause instanceof ValueError) || !this.#isIgnored(field, value))
        throw valueRefused(this.#origin, field, this.#path, value, cause);
      this.#ignore(field.name);
    }
    if (field.fields.size > 0) for (const multi of field.fields.values()) this.#index(multi, value);
  }

  /** Whether a value that is malformed may be ignored: objects only in fields that can have some. */
  #isIgnored(field: LeafField, value: Json): boolean {
    if (isString(field.type)) return false;
    return this.#isTolerant(field) && (isScalar(value) || isDate(field.type) || field.type === "geo_point");
  }

  #isTolerant(field: LeafField): boolean {
    return field.ignoreMalformed ?? this.#limits.ignoresMalformed;
  }

  #store(field: LeafField, value: Json): void {
    if (!field.searchable && field.type === "keyword" && isScalar(value)) return;
    if (field.type === "geo_point") checkGeoPoint(field.name, value, pointRules(field, this.#isTolerant(field)));
    else if (!isScalar(value)) throw objectRefused(field);
    const stored = isScalar(value) ? toIndexValue(field, value) : 0;
    if (field.nanos !== undefined && typeof stored === "bigint") {
      this.fields.push(field, field.nanos);
      this.values.push(msOfNanos(stored), stored);
    } else if (stored !== undefined) {
      this.fields.push(field);
      this.values.push(stored);
    } else if (field.type === "keyword") this.#ignore(field.name);
  }

  #ignore(name: string): void {
    this.#ignored.add(name);
  }
}

/** Whether it is a value of the field itself, and not an object with fields of its own, or a list that may hold some. */
const isOfLeaf = ({ type }: LeafField, value: Json): boolean =>
  isScalar(value) || value === null || type === "geo_point";

/** Names that are not indexed: the longest, and those with the sign by which the store tells columns of its own. */
const isUnfit = (name: string): boolean =>
  (name.length * 3 > LONGEST_NAME && Buffer.byteLength(name) > LONGEST_NAME) || name.includes(HIDDEN_SIGN);

/** How much of a name that is too long is shown among the ignored ones. */
const SHOWN_OF_NAME = 100;

/** What a field adds to the count of a mapping. */
const countOf = (field: Field): number => {
  if (field.kind !== "leaf") return 1;
  return [...field.fields.values()].reduce((sum, multi) => sum + countOf(multi), 1);
};

const objectRefused = (field: LeafField): ValueError => {
  if (isNumeric(field.type)) return new ValueError("Cannot parse object as number");
  if (isDate(field.type)) return new ValueError("Cannot parse object or array as a date value");
  if (field.type === "boolean")
    return readerError("Current token (START_OBJECT) not of boolean type", "json_parse_exception");
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

const pointRules = ({ params }: LeafField, wraps: boolean): PointRules => {
  const heights = params.get("ignore_z_value");
  return { wraps, takesHeights: heights !== false && heights !== "false" };
};
