import type { estypes } from "@elastic/elasticsearch";
import type { FieldKinds } from "@mozdef/query";
import type { StoreFeatures } from "../connection/store-server.ts";
import { mozdef, mozdefMarks } from "@mozdef/query/mozdef";
import {
  flatPropertiesOf,
  keyword,
  mappingOf,
  namedInObjects,
  type Properties,
  propertiesOf,
} from "./field-mappings.ts";

/**
 * Everything that is not named is a keyword, numbers too: what an event calls a number is seldom one to count with. A keyword also
 * takes every value, so no event decides what later ones may have.
 */
const asKeyword = (type: "string" | "long" | "double" | "boolean"): Record<string, estypes.MappingDynamicTemplate> => ({
  [`${type}s_as_keywords`]: { match_mapping_type: type, mapping: keyword },
});

const dynamic = {
  date_detection: false,
  dynamic_templates: [asKeyword("string"), asKeyword("long"), asKeyword("double"), asKeyword("boolean")],
} satisfies estypes.MappingTypeMapping;

/**
 * What makes an object of a mapping flat, so that a value and an object may have the same name; undefined on a server that
 * cannot. There such an event is kept by moving one of both to `unmapped`.
 */
const flatness = ({ subobjects }: StoreFeatures): object | undefined =>
  subobjects ? { subobjects: false } : undefined;

/** Where an event that does not fit into its index keeps the parts that do not: as JSON text, and not indexed. */
export const UNMAPPED = "unmapped";

const unmapped = { [UNMAPPED]: { type: "keyword", index: false, doc_values: false } } satisfies Properties;

/** Fields that may come in beside those that are named, before further ones are no longer indexed. */
const DYNAMIC_FIELDS = 1_000;

/** An index template's part for one kind of documents. */
export interface Schema {
  readonly mappings: estypes.MappingTypeMapping;
  readonly settings: estypes.IndicesIndexSettings;
}

/**
 * How events are indexed: MozDef's fields and those that packs declare always have their kind, whatever came before; all
 * others are keywords, as many as there is room for.
 *
 * @param features - Of the server.
 * @see MozDef `cron/defaultMappingTemplate.json`, rewritten for index templates.
 */
export const eventSchema = (packFields: FieldKinds, features: StoreFeatures): Schema => {
  const fields = { ...mozdef, ...packFields };
  const flat = flatness(features);
  return {
    mappings: {
      ...dynamic,
      ...(flat === undefined
        ? { properties: { ...propertiesOf(namedInObjects(fields)), ...unmapped } }
        : { ...flat, properties: { ...flatPropertiesOf(fields), ...unmapped } }),
    },
    settings: fieldLimit(Object.keys(fields).length, features),
  };
};

const fieldLimit = (named: number, { ignoreDynamicBeyondLimit }: StoreFeatures): estypes.IndicesIndexSettings => ({
  "index.mapping.total_fields.limit": named + DYNAMIC_FIELDS,
  ...(ignoreDynamicBeyondLimit && { "index.mapping.total_fields.ignore_dynamic_beyond_limit": true }),
});

const alertFields: FieldKinds = {
  ...Object.fromEntries(Object.entries(mozdef).filter(([name]) => !Object.hasOwn(mozdefMarks, name))),
  classname: "keyword",
  channel: "keyword",
  status: "keyword",
  notify_mozdefbot: "boolean",
  acknowledged: "date",
  acknowledgedby: "keyword",
  assignee: "keyword",
  closedat: "date",
  closedby: "keyword",
  closereason: "keyword",
  url: "keyword",
  groupkey: "keyword",
  count: "long",
  firstcount: "long",
  firstseen: "date",
  lastseen: "date",
  resolveafterms: "long",
  previous: "keyword",
};

/** Of changes, only what they can be told apart by is indexed; what people write is stored as it is. */
const told = (...names: readonly ("by" | "action")[]): estypes.MappingProperty => ({
  dynamic: "false",
  properties: { at: mappingOf("date"), ...Object.fromEntries(names.map((name) => [name, keyword])) },
});

const DETAILS = "details.";

/** The fields of `details`, which alerts fill as they like: an object that takes every shape where the server can. */
const alertDetails = (features: StoreFeatures): estypes.MappingProperty => {
  const flat = flatness(features);
  const inDetails = Object.entries(alertFields).filter(([name]) => name.startsWith(DETAILS));
  const kinds = Object.fromEntries(inDetails.map(([name, kind]) => [name.slice(DETAILS.length), kind]));
  return flat === undefined
    ? { properties: propertiesOf(kinds) }
    : { type: "object", ...flat, properties: flatPropertiesOf(kinds) };
};

/**
 * How alerts are indexed. Embedded events are stored and not indexed: two events may use one name for a text and for an object, and
 * an alert must never be refused for what an event looks like.
 *
 * @param features - Of the server.
 */
export const alertSchema = (features: StoreFeatures): Schema => {
  const outside = Object.entries(alertFields).filter(([name]) => !name.startsWith(DETAILS));
  return {
    mappings: {
      ...dynamic,
      properties: {
        ...propertiesOf(Object.fromEntries(outside)),
        details: alertDetails(features),
        history: told("by", "action"),
        comments: told("by"),
        links: told("by"),
        entities: {
          properties: {
            ip: { ...mappingOf("ip"), fields: { text: keyword } },
            user: keyword,
            host: keyword,
            port: keyword,
            id: keyword,
            slots: { type: "keyword", index: false, doc_values: false },
          },
        },
        events: {
          properties: {
            documentindex: keyword,
            documentid: keyword,
            documentsource: { type: "object", enabled: false },
          },
        },
      },
    },
    settings: fieldLimit(Object.keys(alertFields).length, features),
  };
};

/** Documents that alerts keep between runs: what is not among the fields is a keyword. */
export const stateMapping = (fields: FieldKinds): estypes.MappingTypeMapping => ({
  ...dynamic,
  properties: propertiesOf(fields),
});

/** The service's own documents: found by these fields, the rest is only kept. */
export const serviceMapping: estypes.MappingTypeMapping = {
  dynamic: "false",
  properties: {
    ...{ type: keyword, name: keyword, names: keyword, status: keyword, utctimestamp: mappingOf("date") },
    // Of what slots have decided.
    ...{ again: keyword, health: keyword, position: mappingOf("long"), shard: mappingOf("long") },
    ...{ refused: mappingOf("text"), ...propertiesOf({ "notable.errors.code": "keyword" }) },
    // Of alerts on their way to a target.
    ...{ target: keyword, nextat: mappingOf("date"), alertid: keyword, notice: keyword, route: keyword },
    ...{ groupid: keyword, batch: keyword, message: keyword, sentat: mappingOf("date") },
  },
};

/** The audit log: what is found by is named, and what was asked for is only kept. */
export const auditMapping: estypes.MappingTypeMapping = {
  dynamic: "false",
  properties: {
    ...{ utctimestamp: mappingOf("date"), id: keyword, action: keyword, by: keyword, via: keyword, address: keyword },
    ...{ outcome: keyword, code: keyword, target: keyword, status: mappingOf("long"), times: mappingOf("long") },
    detail: { type: "object", enabled: false },
  },
};
