import type { EventSchema } from "./event-schema.ts";
import type { FieldKinds } from "./field-kind.ts";

/** Written by alerts on the events that they cover. */
export const mozdefMarks = Object.freeze({
  alert_names: "keyword",
  "alerts.index": "keyword",
  "alerts.id": "keyword",
} as const satisfies FieldKinds);

/**
 * The fields of MozDef's events and how each is indexed; everything that is known about them follows from here.
 *
 * At the top level the list is closed. Below `details` any name may come and is a keyword unless it is listed; keywords are
 * listed when shipped alerts read them, so that editors offer them.
 *
 * @see MozDef `cron/defaultMappingTemplate.json`.
 */
export const mozdef = Object.freeze({
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
  ...mozdefMarks,
  "details.actor": "keyword",
  "details.auditkey": "keyword",
  "details.changepairs": "keyword",
  "details.changetype": "keyword",
  "details.client": "keyword",
  "details.cwd": "keyword",
  "details.description": "keyword",
  "details.destination": "keyword",
  "details.destinationipaddress": "ip",
  "details.destinationipgeopoint": "geo_point",
  "details.destinationport": "keyword",
  "details.dev": "keyword",
  "details.dn": "keyword",
  "details.email": "keyword",
  "details.errorcode": "keyword",
  "details.eventname": "keyword",
  "details.host": "keyword",
  "details.hostname": "keyword",
  "details.identifier": "keyword",
  "details.integration": "keyword",
  "details.ip": "keyword",
  "details.method": "keyword",
  "details.msg": "keyword",
  "details.note": "keyword",
  "details.originaluser": "keyword",
  "details.parentprocess": "keyword",
  "details.processname": "keyword",
  "details.program": "keyword",
  "details.proxyaction": "keyword",
  "details.result": "keyword",
  "details.seenindicator": "keyword",
  "details.seenwhere": "keyword",
  "details.server": "keyword",
  "details.sourceipaddress": "ip",
  "details.sourceipgeopoint": "geo_point",
  "details.sourceipv4address": "keyword",
  "details.sourceport": "keyword",
  "details.success": "boolean",
  "details.user": "keyword",
  "details.username": "keyword",
  "details.userresponse": "keyword",
} as const satisfies FieldKinds);

/** MozDef's own events: the default wherever a schema may be given. */
export const mozdefSchema: EventSchema = Object.freeze({
  fields: mozdef,
  time: Object.freeze(["utctimestamp", "receivedtimestamp"] as const),
  received: "receivedtimestamp",
});
