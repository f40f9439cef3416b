import { mozdef } from "@mozdef/query/mozdef";
import type { EventFields } from "../event/event.ts";
import { firstText, isObject, type JsonObject, textOf } from "../event/json.ts";
import type { Opened, Shipper } from "../event/parser.ts";
import { hasPriority } from "../lines/syslog-line.ts";
import { addressNames } from "./address-names.ts";
import { detailsOf } from "./details-of.ts";

/** MozDef's names for what senders call otherwise. @see MozDef `mq/esworker_eventtask.py`, `keyMapping` */
const MEANINGS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    summary: ["message", "summary", "payload"],
    utctimestamp: ["eventtime", "timestamp", "utctimestamp", "date", "time"],
    hostname: ["hostname", "source_host", "host"],
    severity: ["severity", "syslogseverity", "severityvalue", "level", "priority"],
    processid: ["processid", "pid"],
    processname: ["processname", "pname", "sourcename", "program", "programname", "appname"],
    eventsource: ["eventsource", "path", "logger", "file"],
    category: ["category", "eventtype"],
    source: ["source"],
    facility: ["facility", "syslogfacility"],
    "details.eventsourceipaddress": ["sourceip"],
  }).flatMap(([field, names]) => names.map((name) => [name, field] as const)),
);

/** The fields of MozDef beside those below `details`. */
const NAMES = new Set(Object.keys(mozdef).filter((name) => !name.includes(".")));

/** Any JSON, among it events as MozDef has them: its names for what has one, everything else below `details`. */
export const mozdefShipper: Shipper = {
  name: "json",
  recognise: () => true,
  open: (record) => {
    const { text, fields } = readNames(record);
    // Senders that know nothing of syslog pass its lines on as they are.
    const isWholeLine = fields.category === undefined && fields.processname === undefined && hasPriority(text);
    return { text, isWholeLine, fields };
  },
};

/** The fields of a record whose names are MozDef's, or some of those that mean the same. */
export const readNames = (record: JsonObject): Opened & { readonly fields: EventFields } => {
  const fields = new Map<string, unknown>();
  const details = new Map<string, unknown>();
  for (const [name, value] of Object.entries(record)) {
    const below = detailsOf(name, value);
    const field = below === undefined ? fieldOf(name, value, record) : undefined;
    if (below !== undefined) for (const entry of below) details.set(...entry);
    else if (field?.startsWith("details.") === true) details.set(field.slice("details.".length), value);
    else if (field !== undefined && (!fields.has(field) || field === name)) fields.set(field, value);
    else details.set(name, value);
  }
  const program = firstText(record, "program", "programname", "appname");
  if (program !== undefined && !details.has("program")) details.set("program", program);
  const facility = fields.get("facility");
  if (typeof facility === "string" && !fields.has("source")) fields.set("source", facility);
  if (!fields.has("category")) fields.set("category", categoryOf(record.type));
  const { summary, ...others } = Object.fromEntries(fields);
  const text = textOf(summary);
  const all = Object.fromEntries(details);
  return {
    ...(text === undefined ? {} : { text }),
    fields: {
      ...others,
      ...(text === undefined && { summary }),
      details: { ...all, ...addressNames(all) },
    },
  };
};

/** `type` is that of the document in MozDef's own events. */
const categoryOf = (type: unknown): string | undefined => {
  const text = typeof type === "string" ? textOf(type) : undefined;
  return text === "event" ? undefined : text;
};

/** An event that names a field as MozDef does means that one. */
const fieldOf = (name: string, value: unknown, record: JsonObject): string | undefined => {
  if (NAMES.has(name) || name === "mozdef") return name;
  const plain = name.toLowerCase().replaceAll("@", "");
  const field = MEANINGS.get(plain);
  if (field === undefined || (field !== name && Object.hasOwn(record, field))) return undefined;
  if (field === "severity" && !isSeverity(plain, value)) return undefined;
  return isObject(value) && field !== "hostname" ? undefined : field;
};

/** A number is one of syslog from 0 to 7: larger ones are priorities, or levels of a logger; nxlog counts values the other way. */
const isSeverity = (name: string, value: unknown): boolean => {
  const text = textOf(value);
  if (text === undefined || !/^\d+$/.test(text)) return text !== undefined;
  return /^[0-7]$/.test(text) && name !== "severityvalue";
};
