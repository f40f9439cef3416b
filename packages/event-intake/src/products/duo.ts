import type { EventFields } from "../event/event.ts";
import { firstText, isObject, type JsonObject, objectOf, present, textAt } from "../event/json.ts";
import type { Parser, ParserInput } from "../event/parser.ts";

/** The logs of Duo's Admin API. */
type Kind = "authentication" | "event" | "administration" | "telephony";

/**
 * Records of Duo's Admin API: authentications (version 1 and 2), what administrators did, calls and messages.
 *
 * Version 1 has the category that the alert asks for which counts its failures.
 *
 * @see Duo "Admin API", Logs; MozDef `cron/duo_logpull.py`
 */
export const duo: Parser = {
  name: "duo",
  recognise: ({ record }: ParserInput) => record !== undefined && kindOf(record) !== undefined,
  parse: ({ record = {} }) => {
    const kind = kindOf(record);
    return kind === undefined ? null : eventOf(kind, { ...describedOf(record), ...record });
  },
};

const hasAll = (record: JsonObject, ...names: readonly string[]): boolean =>
  names.every((name) => Object.hasOwn(record, name));

const kindOf = (record: JsonObject): Kind | undefined => {
  if (!hasAll(record, "timestamp")) return undefined;
  if (hasAll(record, "txid", "factor", "result") && isObject(record.user)) return "authentication";
  if (hasAll(record, "integration", "factor", "result", "username")) return "event";
  if (hasAll(record, "action", "object", "description", "username") && !hasAll(record, "summary"))
    return "administration";
  return hasAll(record, "context", "credits", "phone") ? "telephony" : undefined;
};

/** What administrators did is told by JSON in a text. */
const describedOf = (record: JsonObject): JsonObject =>
  typeof record.description === "string" ? (objectOf(record.description) ?? {}) : {};

const eventOf = (kind: Kind, record: JsonObject): EventFields => {
  const username = firstText(record, "user.name", "username");
  const result = textAt(record, "result");
  return {
    category: kind,
    severity: "INFO",
    tags: ["duosecurity"],
    hostname: textAt(record, "host"),
    summary: summaryOf(kind, record, username ?? "unknown"),
    utctimestamp: firstText(record, "isotimestamp", "timestamp"),
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
