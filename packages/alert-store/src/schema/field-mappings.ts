import type { estypes } from "@elastic/elasticsearch";
import type { FieldKind, FieldKinds } from "@mozdef/query";

/**
 * Longest string that is indexed, in characters. The server refuses a document with a keyword above 32,766 bytes; this way
 * such an event is kept, only its long value cannot be searched.
 */
const LONGEST_KEYWORD = 8_191;

/** A value that is not a number is stored and not indexed; its event is still saved. */
const NUMBER = { ignore_malformed: true } as const;

const MAPPINGS = {
  text: { type: "text" },
  keyword: { type: "keyword", ignore_above: LONGEST_KEYWORD },
  ip: { type: "ip" },
  date: { type: "date", format: "strict_date_optional_time||epoch_millis" },
  boolean: { type: "boolean" },
  geo_point: { type: "geo_point" },
  long: { type: "long", ...NUMBER },
  double: { type: "double", ...NUMBER },
} as const satisfies Readonly<Record<FieldKind, estypes.MappingProperty>>;

/** How the store maps a field of a kind. */
export const mappingOf = (kind: FieldKind): estypes.MappingProperty => ({ ...MAPPINGS[kind] });

export const keyword = mappingOf("keyword");

type Properties = Record<string, estypes.MappingProperty>;

/** The mapping of fields, dotted names as objects within objects. */
export const propertiesOf = (fields: FieldKinds): Properties => {
  const properties: Properties = {};
  for (const [name, kind] of Object.entries(fields)) place(properties, name.split("."), mappingOf(kind));
  return properties;
};

const place = (
  properties: Properties,
  [part = "", ...rest]: readonly string[],
  mapping: estypes.MappingProperty,
): void => {
  if (rest.length === 0) {
    properties[part] = mapping;
    return;
  }
  const inner = (properties[part] as { readonly properties?: Properties } | undefined)?.properties ?? {};
  properties[part] = { properties: inner };
  place(inner, rest, mapping);
};

/**
 * The fields that a template has to name. A keyword below `details` is left to the dynamic templates, which index it the same
 * way and take an event in which it is an object; so is a keyword with further fields below it.
 */
export const namedInTemplate = (fields: FieldKinds): FieldKinds => {
  const names = Object.keys(fields);
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([name, kind]) =>
        kind !== "keyword" || !(name.startsWith("details.") || names.some((other) => other.startsWith(`${name}.`))),
    ),
  );
};
