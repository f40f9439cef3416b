import type { estypes } from "@elastic/elasticsearch";
import type { FieldKind, FieldKinds } from "@mozdef/query";

/**
 * Longest string that is indexed, in characters. The server refuses a document with a keyword above 32,766 bytes; this way
 * such an event is kept, only its long value cannot be searched.
 */
export const LONGEST_KEYWORD = 8_191;

/** A value that its field cannot have is stored and not indexed; its document is still saved. */
const TOLERANT = { ignore_malformed: true } as const;

const MAPPINGS = {
  text: { type: "text" },
  keyword: { type: "keyword", ignore_above: LONGEST_KEYWORD },
  ip: { type: "ip", ...TOLERANT },
  date: { type: "date", format: "strict_date_optional_time||epoch_millis", ...TOLERANT },
  boolean: { type: "boolean", ...TOLERANT },
  geo_point: { type: "geo_point", ...TOLERANT },
  long: { type: "long", ...TOLERANT },
  double: { type: "double", ...TOLERANT },
} as const satisfies Readonly<Record<FieldKind, estypes.MappingProperty>>;

/** How the store maps a field of a kind. */
export const mappingOf = (kind: FieldKind): estypes.MappingProperty => ({ ...MAPPINGS[kind] });

export const keyword = mappingOf("keyword");

export type Properties = Record<string, estypes.MappingProperty>;

/** The mapping of fields whose names stay as they are, for a mapping without objects. */
export const flatPropertiesOf = (fields: FieldKinds): Properties =>
  Object.fromEntries(Object.entries(fields).map(([name, kind]) => [name, mappingOf(kind)]));

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

/** The fields that a mapping of objects can name: a keyword with further fields below it is left to dynamic mapping. */
export const namedInObjects = (fields: FieldKinds): FieldKinds => {
  const names = Object.keys(fields);
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([name, kind]) => kind !== "keyword" || !names.some((other) => other.startsWith(`${name}.`)),
    ),
  );
};
