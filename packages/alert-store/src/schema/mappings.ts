import type { estypes } from "@elastic/elasticsearch";

/**
 * Longest string that is indexed, in characters. The server refuses a document with a keyword above 32,766 bytes; this way
 * such an event is kept, only its long value cannot be searched.
 */
const LONGEST_KEYWORD = 8_191;

const keyword: estypes.MappingProperty = { type: "keyword", ignore_above: LONGEST_KEYWORD };
const date: estypes.MappingProperty = { type: "date", format: "strict_date_optional_time||epoch_millis" };

/** Everything that is not named is a keyword, numbers too: what an event calls a number is seldom one to count with. */
const asKeyword = (type: "string" | "long" | "double"): Record<string, estypes.MappingDynamicTemplate> => ({
  [`${type}s_as_keywords`]: { match_mapping_type: type, mapping: keyword },
});

const dynamic = {
  date_detection: false,
  dynamic_templates: [asKeyword("string"), asKeyword("long"), asKeyword("double")],
} satisfies estypes.MappingTypeMapping;

const details: Record<string, estypes.MappingProperty> = {
  sourceipaddress: { type: "ip" },
  destinationipaddress: { type: "ip" },
  sourceipv4address: keyword,
  sourceport: keyword,
  destinationport: keyword,
  sourceipgeopoint: { type: "geo_point" },
  destinationipgeopoint: { type: "geo_point" },
  success: { type: "boolean" },
};

const common: Record<string, estypes.MappingProperty> = {
  summary: { type: "text" },
  category: keyword,
  hostname: keyword,
  mozdefhostname: keyword,
  processid: keyword,
  processname: keyword,
  severity: keyword,
  source: keyword,
  tags: keyword,
  type: keyword,
  version: keyword,
  utctimestamp: date,
  receivedtimestamp: date,
  timestamp: date,
};

/** Mapping of events. @see MozDef `cron/defaultMappingTemplate.json`, rewritten for index templates. */
export const eventMapping: estypes.MappingTypeMapping = {
  ...dynamic,
  properties: {
    ...common,
    alert_names: keyword,
    alerts: { properties: { index: keyword, id: keyword } },
    details: { properties: details },
  },
};

/**
 * Mapping of alerts. Inside embedded events only the fields below are indexed: two events may use one name for a text and
 * for an object, and an alert must never be refused for what an event looks like.
 */
export const alertMapping: estypes.MappingTypeMapping = {
  ...dynamic,
  properties: {
    ...common,
    classname: keyword,
    channel: keyword,
    status: keyword,
    notify_mozdefbot: { type: "boolean" },
    acknowledged: date,
    acknowledgedby: keyword,
    url: keyword,
    details: { properties: details },
    events: {
      properties: {
        documentindex: keyword,
        documentid: keyword,
        documentsource: {
          dynamic: "false",
          properties: {
            ...common,
            details: { dynamic: "false", properties: { sourceipaddress: { type: "ip" }, username: keyword } },
          },
        },
      },
    },
  },
};

/** Documents that alerts keep between runs: strings are keywords. */
export const stateMapping: estypes.MappingTypeMapping = dynamic;

/** The service's own documents: found by these fields, the rest is only kept. */
export const serviceMapping: estypes.MappingTypeMapping = {
  dynamic: "false",
  properties: { type: keyword, name: keyword, names: keyword, status: keyword, utctimestamp: date },
};
