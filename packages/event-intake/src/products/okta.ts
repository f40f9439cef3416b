import { isObject, type JsonObject, present, textAt, without, withJsonTexts } from "../event/json.ts";
import type { Parser } from "../event/parser.ts";

/** Parts that have another shape in each event. */
const BODIES = ["debugContext", "target", "request", "transaction"];

const SUCCESS = new Map([
  ["SUCCESS", true],
  ["ALLOW", true],
  ["FAILURE", false],
  ["DENY", false],
]);

/** Events of Okta's System Log. @see Okta "System Log API", LogEvent; MozDef `cron/okta2mozdef.py` */
export const okta: Parser = {
  name: "okta",
  recognise: ({ record }) =>
    record !== undefined &&
    typeof record.eventType === "string" &&
    typeof record.published === "string" &&
    Object.hasOwn(record, "displayMessage") &&
    isObject(record.actor),
  parse: ({ record = {} }) => ({
    category: "okta",
    type: "okta",
    tags: ["okta"],
    severity: textAt(record, "severity"),
    summary: textAt(record, "displayMessage"),
    utctimestamp: textAt(record, "published"),
    details: present({
      ...detailsOf(record),
      eventtype: textAt(record, "eventType"),
      username: textAt(record, "actor.alternateId"),
      sourceipaddress: textAt(record, "client.ipAddress"),
      useragent: textAt(record, "client.userAgent.rawUserAgent"),
      result: textAt(record, "outcome.result"),
      reason: textAt(record, "outcome.reason"),
      success: SUCCESS.get(textAt(record, "outcome.result") ?? ""),
    }),
  }),
};

const detailsOf = (record: JsonObject): JsonObject =>
  withJsonTexts(without(record, ["eventType", "published", "severity", "displayMessage"]), BODIES);
