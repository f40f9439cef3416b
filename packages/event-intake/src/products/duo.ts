import type { EventFields } from "../event/event.ts";
import { at, firstText, isObject, type JsonObject, objectOf, present, textAt } from "../event/json.ts";
import type { Parser, ParserInput } from "../event/parser.ts";

/** The logs of Duo's Admin API. */
type Kind = "authentication" | "event" | "administration" | "telephony" | "activity";

/**
 * Records of Duo's Admin API: authentications, calls and messages (version 1 and 2), what administrators did (version 1), what
 * administrators and users did (version 2, its activity log). One by one, or as the API answers them.
 *
 * Authentications of version 1 have the category that the alert asks for which counts their failures.
 *
 * @see Duo "Admin API", Logs; MozDef `cron/duo_logpull.py`
 */
export const duo: Parser = {
  name: "duo",
  recognise: ({ record }: ParserInput) =>
    record !== undefined && (kindOf(record) !== undefined || isRecord(listIn(record)?.[0])),
  parse: ({ record = {} }) => {
    const kind = kindOf(record);
    if (kind !== undefined) return eventOf(kind, record);
    // Nothing is lost, not even what should not be in such an answer.
    return listIn(record)?.map((entry) => readEntry(entry) ?? { details: { record: entry } }) ?? null;
  },
};

/** The list in an answer of the API, of which each version has another form. */
const listIn = ({ response, stat }: JsonObject): readonly unknown[] | undefined => {
  if (stat !== "OK") return undefined;
  const lists = isObject(response) ? [response.items, response.authlogs] : [response];
  return lists.find((list) => Array.isArray(list));
};

const readEntry = (entry: unknown): EventFields | undefined => {
  const kind = isObject(entry) ? kindOf(entry) : undefined;
  return kind === undefined ? undefined : eventOf(kind, entry as JsonObject);
};

const isRecord = (entry: unknown): boolean => isObject(entry) && kindOf(entry) !== undefined;

const hasAll = (record: JsonObject, ...names: readonly string[]): boolean =>
  names.every((name) => Object.hasOwn(record, name));

const kindOf = (record: JsonObject): Kind | undefined => {
  if (hasAll(record, "ts")) return kindOfSecond(record);
  if (!hasAll(record, "timestamp")) return undefined;
  if (hasAll(record, "txid", "factor", "result") && isObject(record.user)) return "authentication";
  if (hasAll(record, "integration", "factor", "result", "username")) return "event";
  if (hasAll(record, "action", "object", "description", "username") && !hasAll(record, "summary"))
    return "administration";
  return hasAll(record, "context", "credits", "phone") ? "telephony" : undefined;
};

/** Of version 2, except for authentications. */
const kindOfSecond = (record: JsonObject): Kind | undefined => {
  if (hasAll(record, "activity_id", "akey") && isObject(record.action) && isObject(record.actor)) return "activity";
  return hasAll(record, "telephony_id", "context", "phone") ? "telephony" : undefined;
};

/** What administrators did is told by JSON in a text. */
const describedOf = (record: JsonObject): JsonObject =>
  typeof record.description === "string" ? (objectOf(record.description) ?? {}) : {};

const eventOf = (kind: Kind, record: JsonObject): EventFields =>
  kind === "activity" ? activityOf(record) : recordOf(kind, { ...describedOf(record), ...record });

const recordOf = (kind: Kind, record: JsonObject): EventFields => {
  const username = firstText(record, "user.name", "username");
  const result = textAt(record, "result");
  return {
    category: kind,
    severity: "INFO",
    tags: ["duosecurity"],
    hostname: textAt(record, "host"),
    summary: summaryOf(kind, record, username ?? "unknown"),
    utctimestamp: firstText(record, "isotimestamp", "timestamp", "ts"),
    details: present({
      ...record,
      username,
      success: result === undefined ? undefined : result.toLowerCase() === "success",
      sourceipaddress: firstText(record, "ip", "ip_address", "client_ip", "access_device.ip"),
    }),
  };
};

const summaryOf = (kind: Kind, record: JsonObject, username: string): string => {
  const text = (name: string): string => textAt(record, name) ?? "unknown";
  const [reason, error] = [textAt(record, "reason"), textAt(record, "error")];
  if (kind === "administration")
    return `${text("action")}${error === undefined ? "" : ` because of ${error}`} by ${username}`;
  if (kind === "telephony") return `${text("context")} ${text("type")} to ${text("phone")}`;
  return `authentication ${text("result")} for ${username}${reason === undefined ? "" : ` due to ${reason}`}`;
};

/** By the names that version 1 has for the same: action, object, username. */
const activityOf = ({ action, ...record }: JsonObject): EventFields => {
  const [username, object] = [textAt(record, "actor.name"), textAt(record, "target.name")];
  const [name, result] = [textAt(action, "name") ?? "unknown", textAt(record, "outcome.result")];
  const isFailed = result !== undefined && result.toLowerCase() !== "success";
  return {
    category: textAt(record, "actor.type") === "user" ? "activity" : "administration",
    severity: "INFO",
    tags: ["duosecurity"],
    summary: `${name}${object === undefined ? "" : ` of ${object}`} by ${username ?? "unknown"}${isFailed ? ` (${result})` : ""}`,
    utctimestamp: record.ts,
    details: present({
      ...record,
      action: name,
      actiondetails: at(action, "details") ?? undefined,
      object,
      username,
      result,
      success: result === undefined ? undefined : !isFailed,
      sourceipaddress: textAt(record, "access_device.ip.address"),
    }),
  };
};
