import { mozdef } from "@mozdef/query/mozdef";
import { ecs, ecsNames } from "@mozdef/query/ecs";
import type { EventFields } from "../event/event.ts";
import { at, firstText, isEmpty, isObject, type JsonObject, textOf } from "../event/json.ts";
import { programName } from "../lines/syslog-line.ts";
import { readAddress } from "../values/read-address.ts";

/** Where a field of MozDef is in a document: at the first path that has a value. */
interface Rule {
  readonly field: string;
  readonly paths: readonly string[];
  /** MozDef's value by that of the document, where they differ. */
  readonly values: ReadonlyMap<string, string>;
}

/** Further places that name the same; the sender's own words about itself before those of who collects. */
const BEFORE: Readonly<Record<string, readonly string[]>> = { hostname: ["log.syslog.hostname"] };

const AFTER: Readonly<Record<string, readonly string[]>> = {
  processname: ["log.syslog.appname"],
  severity: ["log.syslog.severity.code"],
  "details.sourceipaddress": ["source.address", "client.address"],
  "details.destinationipaddress": ["destination.address", "server.address"],
};

const KINDS: Readonly<Record<string, string | undefined>> = mozdef;

const RULES: readonly Rule[] = Object.entries(ecsNames).flatMap(([field, other]) => {
  if (typeof other === "object" && "value" in other) return [];
  const { field: path, also = [], values = {} } = typeof other === "string" ? { field: other } : other;
  const paths = [...(BEFORE[field] ?? []), path, ...also, ...(AFTER[field] ?? [])];
  const meanings = Object.entries(values).flatMap(([ours, theirs]) =>
    [theirs].flat().map((one) => [one, ours] as const),
  );
  return [{ field, paths, values: new Map(meanings) }];
});

/** The field sets of ECS. Several have names that hold a text in MozDef. */
const FIELD_SETS = new Set(Object.keys(ecs).map((path) => path.split(".", 1)[0] ?? path));

/** What a document says by ECS' names, in MozDef's; and the document without what has gone into them. */
export interface ReadEcs {
  readonly fields: EventFields;
  readonly rest: JsonObject;
}

/** The fields of MozDef in a document, nested or with dots in its names. */
export const readEcs = (record: JsonObject): ReadEcs => {
  const used = new Set<string>();
  const entries = RULES.flatMap((rule) => {
    const value = readRule(rule, record, used);
    return value === undefined ? [] : [[rule.field, value] as const];
  });
  const top = entries.filter(([field]) => !field.startsWith("details."));
  const details = nest(
    entries.flatMap(([field, value]) => (field.startsWith("details.") ? [[field.slice(8), value]] : [])),
  );
  const program = firstText(record, "process.name", "log.syslog.appname");
  const named = program === undefined ? {} : { program: programName(program) };
  return { fields: { ...Object.fromEntries(top), details: { ...details, ...named } }, rest: prune(record, "", used) };
};

/** What is left of a document below `details`: field sets of ECS in a place of their own, the names of others as they are. */
export const restDetails = (rest: JsonObject): JsonObject => {
  const entries = Object.entries(rest);
  const isSet = ([name]: readonly [string, unknown]): boolean => FIELD_SETS.has(name.split(".", 1)[0] ?? name);
  const sets = entries.filter(isSet);
  const others = entries.filter((entry) => !isSet(entry));
  return { ...Object.fromEntries(others), ...(sets.length > 0 && { ecs: Object.fromEntries(sets) }) };
};

const readRule = ({ field, paths, values }: Rule, record: JsonObject, used: Set<string>): unknown => {
  for (const path of paths) {
    const found = at(record, path);
    const value = valueOf(field, path, values, found);
    if (value === undefined) continue;
    // Of a list with several values the others stay where they are.
    if (!Array.isArray(found) || found.length === 1 || field === "tags") used.add(path);
    return value;
  }
  return undefined;
};

const valueOf = (field: string, path: string, values: ReadonlyMap<string, string>, found: unknown): unknown => {
  if (field === "tags") return found;
  if (field === "details.sourceipgeopoint") return pointOf(found);
  const text = textOf(found);
  const value: unknown = Array.isArray(found) ? found[0] : found;
  if (typeof value === "boolean") return value;
  if (text === undefined) return undefined;
  if (path.endsWith(".address") && field !== "details.eventsourceipaddress") return addressOf(field, text);
  if (field === "details.eventsourceipaddress") return readAddress(text)?.address ?? text;
  const meaning = values.get(text);
  if (KINDS[field] === "boolean") return meaning === undefined ? undefined : meaning === "true";
  // Counts stay numbers; what MozDef lists as a keyword is text.
  return meaning ?? (KINDS[field] === "keyword" ? text : value);
};

/** `source.address` is an address or a name: each has a field. */
const addressOf = (field: string, text: string): string | undefined => {
  const address = readAddress(text)?.address;
  return field.endsWith("ipaddress") ? address : address === undefined ? text : undefined;
};

const pointOf = (value: unknown): string | undefined => {
  if (!isObject(value)) return textOf(value);
  const [lat, lon] = [textOf(value.lat), textOf(value.lon)];
  return lat === undefined || lon === undefined ? undefined : `${lat},${lon}`;
};

/** `suricata_alert.signature` becomes an object. */
const nest = (entries: readonly (readonly [name: string, value: unknown])[]): JsonObject => {
  const groups = new Map<string, [string, unknown][]>();
  const plain: [string, unknown][] = [];
  for (const [name, value] of entries) {
    const dot = name.indexOf(".");
    if (dot === -1) plain.push([name, value]);
    else groups.set(name.slice(0, dot), [...(groups.get(name.slice(0, dot)) ?? []), [name.slice(dot + 1), value]]);
  }
  return Object.fromEntries([
    ...plain,
    ...[...groups].map(([name, inner]) => [name, Object.fromEntries(inner)] as const),
  ]);
};

const prune = (record: JsonObject, prefix: string, used: ReadonlySet<string>, inside = parentsOf(used)): JsonObject =>
  Object.fromEntries(
    Object.entries(record).flatMap(([name, value]) => {
      const path = prefix + name;
      if (used.has(path)) return [];
      if (!inside.has(path) || !isObject(value)) return [[name, value]];
      const rest = prune(value, `${path}.`, used, inside);
      return isEmpty(rest) ? [] : [[name, rest]];
    }),
  );

/** `source` and `source.geo` of `source.geo.location`. */
const parentsOf = (paths: ReadonlySet<string>): ReadonlySet<string> => {
  const parents = new Set<string>();
  for (const path of paths)
    for (let dot = path.indexOf("."); dot !== -1; dot = path.indexOf(".", dot + 1)) parents.add(path.slice(0, dot));
  return parents;
};
