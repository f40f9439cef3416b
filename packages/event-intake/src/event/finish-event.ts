import { mozdef } from "@mozdef/query/mozdef";
import { isPlainAddress, readAddress } from "../values/read-address.ts";
import { readTime } from "../values/read-time.ts";
import { severityName } from "../values/severity.ts";
import type { EventFields, EventSource, Note, ReadEvent, ReadOptions } from "./event.ts";
import { isEmpty, isObject, type JsonObject, present, textAt } from "./json.ts";

/** Times of an event beside that of its arrival. */
const TIMES = ["utctimestamp", "timestamp"] as const;

/** Fields of MozDef that are neither text nor time, or that the service itself writes. */
const NOT_TEXT = new Set<string>([...TIMES, "receivedtimestamp", "tags", "customendpoint", "details", "mozdef"]);

const TEXTS = new Set(Object.keys(mozdef).filter((name) => !name.includes(".") && !NOT_TEXT.has(name)));

/** Where an address goes that is not one, by MozDef's name of the field. @see MozDef `mq/plugins/ipFixup.py` */
const INSTEAD: ReadonlyMap<string, string> = new Map([
  ["sourceipaddress", "source"],
  ["destinationipaddress", "destination"],
]);

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
  const details = new Map(Object.entries(isObject(fields.details) ? fields.details : {}));
  const top = new Map<string, unknown>();
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined || (name === "details" && isObject(value))) continue;
    if (TEXTS.has(name)) top.set(name, asText(name, value, details, notes));
    else if (NOT_TEXT.has(name) && name !== "details") top.set(name, value);
    else moveBelow(details, name === "details" ? "message" : name, value, notes);
  }
  finishTimes(top, details, options, notes);
  finishAddresses(details, options, notes);
  const severity = severityName(top.get("severity"));
  if (severity !== undefined) top.set("severity", severity);
  top.set("tags", tagsOf(top.get("tags")));
  if (options.via !== undefined && !top.has("endpoint")) top.set("endpoint", options.via);
  top.set("mozdef", { plugins: parsers });
  for (const [name, value] of details) if (value === undefined) details.delete(name);
  const event = { ...Object.fromEntries(top), details: Object.fromEntries(details) } as EventSource;
  return { event, notes, parsers };
};

/** A second value for a name gets a name of its own. */
const moveBelow = (details: Map<string, unknown>, name: string, value: unknown, notes: Note[]): void => {
  if (!details.has(name) || details.get(name) === value) {
    details.set(name, value);
    return;
  }
  let other = `sender_${name}`;
  while (details.has(other)) other = `sender_${other}`;
  details.set(other, value);
  notes.push({ code: "NAME_TAKEN", field: `details.${name}`, message: `It came twice; one is in details.${other}.` });
};

/** An object in the place of a name gives its name: shippers send `host` as one. The whole of it is kept below `details`. */
const asText = (field: string, value: unknown, details: Map<string, unknown>, notes: Note[]): unknown => {
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
  [value ?? []].flat().filter((tag: unknown) => tag !== "" && tag !== null);

const finishTimes = (
  top: Map<string, unknown>,
  details: Map<string, unknown>,
  { receivedAt, zoneMinutes = 0 }: ReadOptions,
  notes: Note[],
): void => {
  const stamp = asMozdef(receivedAt);
  for (const name of TIMES) {
    const value = top.get(name);
    top.delete(name);
    if (value === undefined || value === null || value === "") continue;
    const time = readTime(value, { receivedAt, zoneMinutes });
    if (time !== null) top.set(name, time);
    else {
      moveBelow(details, `sender_${name}`, typeof value === "string" ? value : JSON.stringify(value), notes);
      notes.push({ code: "TIME_UNREAD", field: name, message: `It is not a time; it is in details.sender_${name}.` });
    }
  }
  const time = top.get("utctimestamp") ?? top.get("timestamp") ?? stamp;
  top.set("utctimestamp", time);
  top.set("timestamp", top.get("timestamp") ?? time);
  const said = top.get("receivedtimestamp");
  if (said !== undefined && said !== null) moveBelow(details, "sender_receivedtimestamp", said, notes);
  top.set("receivedtimestamp", stamp);
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

const finishAddresses = (details: Map<string, unknown>, { sender }: ReadOptions, notes: Note[]): void => {
  if (sender !== undefined && !details.has("eventsourceipaddress")) details.set("eventsourceipaddress", sender);
  for (const [name, instead] of INSTEAD) {
    const value = details.get(name);
    if (value === undefined || (typeof value === "string" && isPlainAddress(value))) continue;
    details.delete(name);
    if (value === null || value === "" || value === "-") continue;
    setAddress(details, name, instead, value, notes);
  }
  for (const end of ["source", "destination"]) {
    const address = details.get(`${end}ipaddress`);
    if (typeof address !== "string") continue;
    const version = address.includes(":") ? "v6" : "v4";
    if (!details.has(`${end}ip${version}address`)) details.set(`${end}ip${version}address`, address);
  }
};

const setAddress = (
  details: Map<string, unknown>,
  name: string,
  instead: string,
  value: unknown,
  notes: Note[],
): void => {
  const read = [value].flat().map(readAddress);
  const addresses = read.flatMap((found) => (found === null ? [] : [found.address]));
  if (addresses.length > 0) details.set(name, addresses.length === 1 ? addresses[0] : addresses);
  const port = read[0]?.port;
  const portName = name.replace("ipaddress", "port");
  if (port !== undefined && !details.has(portName)) details.set(portName, port);
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
