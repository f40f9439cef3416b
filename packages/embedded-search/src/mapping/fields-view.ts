/** Types that a field of the mapping can have. */
export type FieldType =
  | "text"
  | "keyword"
  | "ip"
  | "date"
  | "date_nanos"
  | "boolean"
  | "long"
  | "integer"
  | "short"
  | "byte"
  | "double"
  | "float"
  | "geo_point";

/** One leaf of the mapping, as queries see it. */
export interface FieldView {
  /** Full path, e.g. `details.sourceipaddress` or `summary.keyword`. */
  readonly name: string;
  readonly type: FieldType;
  /** False for `index: false` and for types that have no terms, such as geo_point. */
  readonly searchable: boolean;
  /** Analyser of a text field. */
  readonly analyzer: "standard" | "keyword";
}

/** The part of an index's mapping that expanding field names needs. */
export interface FieldsView {
  /** The leaf of that full path; undefined when unmapped or an object. */
  field(name: string): FieldView | undefined;
  /** Leaves whose full path matches a pattern in which `*` stands for any text; a name without `*` gives that leaf or none. */
  matching(pattern: string): readonly FieldView[];
  /** Is this the path of an object with fields? */
  isObject(name: string): boolean;
}
