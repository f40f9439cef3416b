import { mozdef } from "@mozdef/query/mozdef";
import { isPlainAddress, readAddress } from "../values/read-address.ts";
import { readTime } from "../values/read-time.ts";
import { severityName } from "../values/severity.ts";
import type { EventFields, EventSource, Note, ReadEvent, ReadOptions } from "./event.ts";
import { type OwnFields, ownFields, setField } from "./own-fields.ts";
import { isEmpty, isObject, type JsonObject, present, textAt } from "./json.ts";

/** Times of an event beside that of its arrival. */
const TIMES = new Set(["utctimestamp", "timestamp"]);

/** Fields of MozDef that are neither text nor time, or that the service itself writes. */
const NOT_TEXT = new Set<string>([...TIMES, "receivedtimestamp", "tags", "customendpoint", "details", "mozdef"]);

const TEXTS = new Set(Object.keys(mozdef).filter((name) => !name.includes(".") && !NOT_TEXT.has(name)));

/** Where an address goes that is not one, by MozDef's name of the field. @see MozDef `mq/plugins/ipFixup.py` */
const INSTEAD: ReadonlyMap<string, string> = new Map([
  ["sourceipaddress", "source"],
  ["destinationipaddress", "destination"],
]);

/** Where the address of each end is once more, by its version. */
const VERSIONS = [
  ["sourceipaddress", "sourceipv4address", "sourceipv6address"],
  ["destinationipaddress", "destinationipv4address", "destinationipv6address"],
] as const;

/**
 * An event with each field in the form that alerts and the store expect: times and addresses as such, names of severities, texts
 * as text; what MozDef has no name for is below `details`. Nothing is left out: what does not fit has another name, and a note.
 */
export const finishEvent = (
  fields: EventFields,
  parsers: readonly string[],
  options: ReadOptions,
  before: readonly Note[] = [],
): ReadEvent => {
  const notes = [...before];
  const details = ownFields(isObject(fields.details) ? fields.details : {});
  const top: OwnFields = {};
  for (const name of Object.keys(fields)) {
    const value = fields[name];
    if (value === undefined || (name === "details" && isObject(value))) continue;
    if (TEXTS.has(name)) top[name] = typeof value === "string" ? value : asText(name, value, details, notes);
    else if (!NOT_TEXT.has(name) || name === "details")
      moveBelow(details, name === "details" ? "message" : name, value, notes);
    else if (!TIMES.has(name)) top[name] = value;
  }
  finishTimes(top, fields, details, options, notes);
  finishAddresses(details, options, notes);
  const severity = severityName(top.severity);
  if (severity !== undefined) top.severity = severity;
  top.tags = tagsOf(top.tags);
  if (options.via !== undefined && !Object.hasOwn(top, "endpoint")) top.endpoint = options.via;
  top.mozdef = { plugins: parsers };
  top.details = hasUndefined(details) ? present(details) : details;
  return { event: top as unknown as EventSource, notes, parsers };
};

/** A second value for a name gets a name of its own. */
const moveBelow = (details: OwnFields, name: string, value: unknown, notes: Note[]): void => {
  if (!Object.hasOwn(details, name) || details[name] === value) {
    setField(details, name, value);
    return;
  }
  let other = `sender_${name}`;
  while (Object.hasOwn(details, other)) other = `sender_${other}`;
  details[other] = value;
  notes.push({ code: "NAME_TAKEN", field: `details.${name}`, message: `It came twice; one is in details.${other}.` });
};

/** An object in the place of a name gives its name: shippers send `host` as one. The whole of it is kept below `details`. */
const asText = (field: string, value: unknown, details: OwnFields, notes: Note[]): unknown => {
  if (typeof value === "string" || value === null) return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  const whole = JSON.stringify(value);
  const name = textAt(value, "name");
  if (name === undefined) {
    notes.push({
      code: "SHAPE_CHANGED",
      field,
      message: "Expected text, received an object or a list; it is text now.",
    });
    return whole;
  }
  if (Object.keys(value ?? {}).length > 1) moveBelow(details, `sender_${field}`, whole, notes);
  return name;
};

const tagsOf = (value: unknown): readonly unknown[] =>
  value === undefined ? [] : [value ?? []].flat().filter((tag: unknown) => tag !== "" && tag !== null);

const finishTimes = (
  top: OwnFields,
  fields: EventFields,
  details: OwnFields,
  { receivedAt, zoneMinutes = 0 }: ReadOptions,
  notes: Note[],
): void => {
  const stamp = asMozdef(receivedAt);
  for (const name of TIMES) {
    const value = fields[name];
    if (value === undefined || value === null || value === "") continue;
    const time = readTime(value, { receivedAt, zoneMinutes });
    if (time !== null) top[name] = time;
    else {
      moveBelow(details, `sender_${name}`, typeof value === "string" ? value : JSON.stringify(value), notes);
      notes.push({ code: "TIME_UNREAD", field: name, message: `It is not a time; it is in details.sender_${name}.` });
    }
  }
  const time = top.utctimestamp ?? top.timestamp ?? stamp;
  top.utctimestamp = time;
  top.timestamp ??= time;
  const said = top.receivedtimestamp;
  if (said !== undefined && said !== null) moveBelow(details, "sender_receivedtimestamp", said, notes);
  top.receivedtimestamp = stamp;
};

/** As MozDef writes times. Many events arrive at one time. */
const asMozdef = (time: Date): string => {
  if (last.ms === time.getTime()) return last.text;
  const iso = time.toISOString();
  const text = iso.endsWith(".000Z") ? `${iso.slice(0, -5)}+00:00` : `${iso.slice(0, -1)}000+00:00`;
  last = { ms: time.getTime(), text };
  return text;
};

let last = { ms: Number.NaN, text: "" };

const finishAddresses = (details: OwnFields, { sender }: ReadOptions, notes: Note[]): void => {
  if (sender !== undefined && !Object.hasOwn(details, "eventsourceipaddress")) details.eventsourceipaddress = sender;
  for (const [name, instead] of INSTEAD) {
    const value = details[name];
    if (value === undefined || (typeof value === "string" && isPlainAddress(value))) continue;
    details[name] = undefined;
    if (value === null || value === "" || value === "-") continue;
    setAddress(details, name, instead, value, notes);
  }
  for (const [name, v4, v6] of VERSIONS) {
    const address = details[name];
    if (typeof address !== "string") continue;
    const field = address.includes(":") ? v6 : v4;
    if (!Object.hasOwn(details, field)) details[field] = address;
  }
};

const setAddress = (details: OwnFields, name: string, instead: string, value: unknown, notes: Note[]): void => {
  const read = [value].flat().map(readAddress);
  const addresses = read.flatMap((found) => (found === null ? [] : [found.address]));
  if (addresses.length > 0) details[name] = addresses.length === 1 ? addresses[0] : addresses;
  const port = read[0]?.port;
  const portName = name.replace("ipaddress", "port");
  if (port !== undefined && !Object.hasOwn(details, portName)) details[portName] = port;
  if (addresses.length === read.length) return;
  moveBelow(details, instead, typeof value === "string" ? value : JSON.stringify(value), notes);
  notes.push({
    code: "ADDRESS_UNREAD",
    field: `details.${name}`,
    message: `It is not an address; it is in details.${instead}.`,
  });
};

/** Fields over others: of two values for one field the latter counts, below `details` too; tags add up. What is undefined does not count. */
export const over = (lower: EventFields, upper: EventFields): EventFields => ({
  ...lower,
  ...definedOf(upper),
  ...(lower.tags !== undefined && upper.tags !== undefined && { tags: [...new Set([lower.tags, upper.tags].flat())] }),
  details: detailsOver(lower.details, upper.details),
});

/** A record has most of its fields here: no copy is made for nothing. */
const detailsOver = (lower: JsonObject = {}, upper: JsonObject = {}): JsonObject => {
  if (isEmpty(upper)) return lower;
  return isEmpty(lower) ? definedOf(upper) : { ...lower, ...definedOf(upper) };
};

const definedOf = (fields: JsonObject): JsonObject => (hasUndefined(fields) ? present(fields) : fields);

const hasUndefined = (fields: JsonObject): boolean => {
  for (const name in fields) if (fields[name] === undefined) return true;
  return false;
};
