import { at, isObject, type JsonObject, present, textAt } from "../event/json.ts";
import type { Parser } from "../event/parser.ts";
import { auth0Name } from "./auth0-names.ts";

/**
 * Records of Auth0's logs, as its API and its log streams have them.
 *
 * @see Auth0 "Log Event Type Codes"; MozDef `cron/auth02mozdef.py`
 */
export const auth0: Parser = {
  name: "auth0",
  recognise: ({ record }) => record !== undefined && logOf(record) !== undefined,
  parse: ({ record = {} }) => {
    const log = logOf(record);
    if (log === undefined) return null;
    const type = textAt(log, "type") ?? "unknown";
    const eventname = auth0Name(type);
    const success = successOf(eventname);
    const username = textAt(log, "user_name");
    return {
      category: categoryOf(eventname, type),
      tags: ["auth0"],
      severity: success === false ? "ERROR" : "INFO",
      hostname: textAt(log, "hostname"),
      summary: username === undefined ? eventname : `${eventname} ${username}`,
      utctimestamp: textAt(log, "date"),
      details: present({
        eventname,
        type,
        description: typeof log.description === "string" ? log.description : undefined,
        success,
        username,
        userid: textAt(log, "user_id"),
        sourceipaddress: textAt(log, "ip"),
        clientname: textAt(log, "client_name"),
        clientid: textAt(log, "client_id"),
        connection: textAt(log, "connection"),
        useragent: textAt(log, "user_agent"),
        logid: textAt(log, "log_id"),
        raw_event: JSON.stringify(record),
      }),
    };
  },
};

/** Log streams have the record below `data`, those of EventBridge below `detail.data`. */
const logOf = (record: JsonObject): JsonObject | undefined =>
  [record, record.data, at(record, "detail.data")].find(isLog);

const isLog = (value: unknown): value is JsonObject =>
  isObject(value) && ["log_id", "type", "date"].every((name) => typeof value[name] === "string");

const successOf = (name: string): boolean | undefined => {
  if (name.startsWith("Success")) return true;
  return /^(?:Failed|Blocked)/.test(name) ? false : undefined;
};

/** A type nobody knows is named by its code. */
const categoryOf = (name: string, type: string): string => {
  if (name === type) return "auth0";
  return name.includes("API") ? "administration" : "authentication";
};
