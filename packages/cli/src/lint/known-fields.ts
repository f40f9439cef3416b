import type { EventFields, FieldKind } from "@mozdef/query";

type TopLevel = Exclude<keyof EventFields, `${string}.${string}`>;

/** The fields that events have at the top, and those below `details` that are no keywords. A new one in the DSL has to be added here. */
const TOP: { readonly [Field in TopLevel]: EventFields[Field] } = {
  summary: "text",
  category: "keyword",
  customendpoint: "keyword",
  endpoint: "keyword",
  eventsource: "keyword",
  errorcode: "keyword",
  hostname: "keyword",
  mozdefhostname: "keyword",
  processid: "keyword",
  processname: "keyword",
  severity: "keyword",
  source: "keyword",
  tags: "keyword",
  type: "keyword",
  version: "keyword",
  utctimestamp: "date",
  receivedtimestamp: "date",
  timestamp: "date",
  alert_names: "keyword",
};

const BELOW: Readonly<Record<string, FieldKind>> = {
  "details.sourceipaddress": "ip",
  "details.destinationipaddress": "ip",
  "details.sourceipgeopoint": "geo_point",
  "details.destinationipgeopoint": "geo_point",
  "details.success": "boolean",
  "alerts.index": "keyword",
  "alerts.id": "keyword",
};

/** Fields that packs declare, with their kinds. */
export type DeclaredFields = Readonly<Record<string, FieldKind>>;

/** How the store indexes a field; null for a name that events do not have. */
export const kindOf = (field: string, declared: DeclaredFields): FieldKind | null => {
  if (Object.hasOwn(declared, field)) return declared[field] ?? null;
  if (Object.hasOwn(TOP, field)) return TOP[field as TopLevel];
  if (Object.hasOwn(BELOW, field)) return BELOW[field] ?? null;
  return field.startsWith("details.") ? "keyword" : null;
};
