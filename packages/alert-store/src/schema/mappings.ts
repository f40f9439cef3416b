import type { estypes } from "@elastic/elasticsearch";
import type { FieldKinds } from "@mozdef/query";
import { mozdef, mozdefMarks } from "@mozdef/query/mozdef";
import { keyword, mappingOf, namedInTemplate, propertiesOf } from "./field-mappings.ts";

/** Everything that is not named is a keyword, numbers too: what an event calls a number is seldom one to count with. */
const asKeyword = (type: "string" | "long" | "double"): Record<string, estypes.MappingDynamicTemplate> => ({
  [`${type}s_as_keywords`]: { match_mapping_type: type, mapping: keyword },
});

const dynamic = {
  date_detection: false,
  dynamic_templates: [asKeyword("string"), asKeyword("long"), asKeyword("double")],
} satisfies estypes.MappingTypeMapping;

/**
 * Mapping of events: MozDef's fields and those that packs declare.
 *
 * @see MozDef `cron/defaultMappingTemplate.json`, rewritten for index templates.
 */
export const eventMapping = (packFields: FieldKinds = {}): estypes.MappingTypeMapping => ({
  ...dynamic,
  properties: propertiesOf(namedInTemplate({ ...mozdef, ...packFields })),
});

const without = (fields: FieldKinds, isLeftOut: (name: string) => boolean): FieldKinds =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !isLeftOut(name)));

/** What alerts have in common with events. */
const common = without(namedInTemplate(mozdef), (name) => Object.hasOwn(mozdefMarks, name));

/** Inside the `details` of an embedded event only these are indexed. */
const EMBEDDED_DETAILS = {
  "details.sourceipaddress": mozdef["details.sourceipaddress"],
  "details.username": mozdef["details.username"],
};

const embeddedEvent: estypes.MappingProperty = {
  dynamic: "false",
  properties: propertiesOf({ ...without(common, (name) => name.startsWith("details.")), ...EMBEDDED_DETAILS }),
};

/**
 * Mapping of alerts. Of embedded events only a few fields are indexed: two events may use one name for a text and for an
 * object, and an alert must never be refused for what an event looks like.
 */
export const alertMapping: estypes.MappingTypeMapping = {
  ...dynamic,
  properties: {
    ...propertiesOf(common),
    classname: keyword,
    channel: keyword,
    status: keyword,
    notify_mozdefbot: mappingOf("boolean"),
    acknowledged: mappingOf("date"),
    acknowledgedby: keyword,
    url: keyword,
    events: {
      properties: { documentindex: keyword, documentid: keyword, documentsource: embeddedEvent },
    },
  },
};

/** Documents that alerts keep between runs: what is not among the fields is a keyword. */
export const stateMapping = (fields: FieldKinds): estypes.MappingTypeMapping => ({
  ...dynamic,
  properties: propertiesOf(fields),
});

/** The service's own documents: found by these fields, the rest is only kept. */
export const serviceMapping: estypes.MappingTypeMapping = {
  dynamic: "false",
  properties: { type: keyword, name: keyword, names: keyword, status: keyword, utctimestamp: mappingOf("date") },
};
