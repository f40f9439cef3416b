/**
 * How the store indexes a field. A field without a kind of its own is a `keyword`: compared as a whole, numbers too.
 * `long` and `double` are numbers to compare and to count with.
 */
export type FieldKind = "text" | "keyword" | "ip" | "date" | "boolean" | "geo_point" | "long" | "double";

const KINDS: Readonly<Record<FieldKind, true>> = {
  text: true,
  keyword: true,
  ip: true,
  date: true,
  boolean: true,
  geo_point: true,
  long: true,
  double: true,
};

/** Every kind of field, for checks of what comes from outside. */
export const FIELD_KINDS = Object.freeze(Object.keys(KINDS)) as readonly FieldKind[];

/** Names of fields and the kind of each. */
export type FieldKinds = Readonly<Record<string, FieldKind>>;
