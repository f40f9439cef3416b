import { illegalArgument, unsupported } from "../errors/api-error.ts";
import type { SegmentScope } from "../hits/scope.ts";
import { ID_FIELDDATA } from "../hits/check-sort.ts";
import type { LeafField } from "../mapping/field.ts";
import { parseLeaf } from "../mapping/parse-leaf.ts";

/** Fields of every document whose values aggregations can read although no mapping declares them. */
const FIELDS: ReadonlyMap<string, LeafField> = new Map(
  ["_index", "_ignored"].map((name) => [name, parseLeaf(name, "keyword", {})]),
);

/** Fields of every document that are not kept document by document. */
const UNREADABLE = new Set(["_doc_count", "_field_names", "_routing", "_source", "_tier"]);

/**
 * @returns undefined when the name is none of a field that Elasticsearch itself keeps.
 * @throws {ApiError} 400 when it cannot be aggregated, 501 when only the embedded store cannot.
 */
export const metadataField = (name: string): LeafField | undefined => {
  if (!name.startsWith("_")) return undefined;
  if (name === "_id") throw illegalArgument(ID_FIELDDATA);
  if (name === "_seq_no" || name === "_version") throw unsupported(`Aggregating the field [${name}]`);
  if (UNREADABLE.has(name)) throw illegalArgument(`Fielddata is not supported on field [${name}] of type [${name}]`);
  return FIELDS.get(name);
};

/** Reads the values of such a field; undefined when the field is another. */
export const metadataReader = (
  field: LeafField,
  { target, view }: SegmentScope,
): ((document: number) => readonly string[]) | undefined => {
  if (FIELDS.get(field.name) !== field) return undefined;
  if (field.name === "_index") return () => [target.name];
  return (document) => view.segment.ignored(document);
};

/** The type of a field as Elasticsearch names it. */
export const typeName = (field: LeafField): string => (FIELDS.get(field.name) === field ? field.name : field.type);
