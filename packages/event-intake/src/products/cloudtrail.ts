import type { EventFields } from "../event/event.ts";
import { asJsonText, at, isObject, type JsonObject, present, textAt, without } from "../event/json.ts";
import type { Parser } from "../event/parser.ts";
import { isPlainAddress } from "../values/read-address.ts";

/**
 * CloudTrail: its files with `Records`, single records, and what EventBridge sends of it.
 *
 * @see AWS "CloudTrail record contents"; MozDef `mq/esworker_cloudtrail.py`, `mq/plugins/cloudtrail.py`
 */
export const cloudtrail: Parser = {
  name: "cloudtrail",
  recognise: ({ record }) =>
    record !== undefined && (isCall(record) || isCall(at(record, "detail")) || isCall(firstOf(record.Records))),
  parse: ({ record = {} }) => {
    if (isCall(record)) return eventOf(record);
    const { detail, Records } = record;
    if (isObject(detail) && isCall(detail)) return eventOf(detail, { eventbridge: without(record, ["detail"]) });
    if (!Array.isArray(Records)) return null;
    // Nothing is lost, not even what should not be in such a file.
    return Records.map((entry: unknown) => (isCall(entry) ? eventOf(entry) : { details: { record: entry } }));
  },
};

const firstOf = (value: unknown): unknown => (Array.isArray(value) ? value[0] : undefined);

interface Call extends JsonObject {
  readonly eventName: string;
}

const isCall = (value: unknown): value is Call =>
  isObject(value) &&
  ["eventVersion", "eventTime", "eventSource", "eventName"].every((name) => typeof value[name] === "string");

const READS = new Set(["Describe", "Get", "List"]);

/** Parts that are told by their own names below, or have a place outside of `details`. */
const MOVED = new Set(["eventtime", "eventsource", "eventtype", "sourceipaddress", "useridentity"]);

const eventOf = (call: Call, more: JsonObject = {}): EventFields => {
  const name = call.eventName;
  const address = textAt(call, "sourceIPAddress");
  const isAddress = address !== undefined && isPlainAddress(address);
  const verb = /^[A-Z][a-z\d]*/.exec(name)?.[0];
  return {
    source: "cloudtrail",
    category: textAt(call, "eventType"),
    type: "cloudtrail",
    hostname: textAt(call, "eventSource"),
    severity: "INFO",
    summary: `${address ?? "unknown"} performed ${name} in ${textAt(call, "eventSource") ?? "unknown"}`,
    utctimestamp: call.eventTime,
    details: present({
      ...partsOf(call),
      ...more,
      useridentity: inLowerCase(call.userIdentity, DEPTH),
      username: textAt(call, "userIdentity.userName"),
      eventverb: verb,
      eventreadonly: verb === undefined ? undefined : READS.has(verb),
      sourceipaddress: isAddress ? address : undefined,
      // A service of AWS that calls by itself.
      source: isAddress ? undefined : address,
    }),
  };
};

/** Parts whose own parts are searched for. What is in those has another shape for each call. */
const OPEN = new Set(["requestparameters", "responseelements", "tlsdetails"]);

const partsOf = (call: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(call).flatMap(([name, value]): (readonly [string, unknown])[] => {
      const lower = name.toLowerCase();
      if (MOVED.has(lower)) return [];
      return [[lower, OPEN.has(lower) ? inLowerCase(value, 1) : asJsonText(value)]];
    }),
  );

/** As deep as `useridentity.sessioncontext.sessionissuer.username` is. */
const DEPTH = 4;

/** Objects with names in small letters to a depth, below it as JSON text. */
const inLowerCase = (value: unknown, depth: number): unknown => {
  if (!isObject(value) || depth === 0) return asJsonText(value);
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name.toLowerCase(), inLowerCase(inner, depth - 1)]),
  );
};
