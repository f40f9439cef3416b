import { isExactNumber, parseEventJson } from "./parse-event-json.ts";

/** A JSON object of somebody else: nothing is known of what is in it. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value is an object with names, not a list, and not a number that is kept as its text for the sake of its digits. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !isExactNumber(value);

/**
 * What is at a path of names, whichever of its dots are part of a name: `at(record, "host.name")` finds `{ host: { name } }` as
 * well as `{ "host.name": .. }`. undefined when there is nothing.
 */
export const at = (value: unknown, path: string): unknown => {
  if (!isObject(value)) return undefined;
  if (Object.hasOwn(value, path)) return value[path];
  for (const [name, rest] of splitsOf(path)) {
    if (!Object.hasOwn(value, name)) continue;
    const found = at(value[name], rest);
    if (found !== undefined) return found;
  }
  return undefined;
};

type Splits = readonly (readonly [name: string, rest: string])[];

/** Paths are written in the code, so there are some hundred of them. */
const SPLITS = new Map<string, Splits>();

const splitsOf = (path: string): Splits => {
  const known = SPLITS.get(path);
  if (known !== undefined) return known;
  const splits: (readonly [string, string])[] = [];
  for (let dot = path.indexOf("."); dot !== -1; dot = path.indexOf(".", dot + 1))
    splits.push([path.slice(0, dot), path.slice(dot + 1)]);
  SPLITS.set(path, splits);
  return splits;
};

/** A text or a number as text; of a list the first. undefined for everything else, for the empty text and for `-`. */
export const textOf = (value: unknown): string | undefined => {
  if (Array.isArray(value)) return textOf(value[0]);
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  if (typeof value === "object" && value !== null && isExactNumber(value)) return JSON.stringify(value);
  return typeof value === "string" && value !== "" && value !== "-" ? value : undefined;
};

/** The text at a path, see {@link at} and {@link textOf}. */
export const textAt = (value: unknown, path: string): string | undefined => textOf(at(value, path));

/** The text at the first of the paths that has one. */
export const firstText = (value: unknown, ...paths: readonly string[]): string | undefined => {
  for (const path of paths) {
    const text = textAt(value, path);
    if (text !== undefined) return text;
  }
  return undefined;
};

/** The object without what is undefined in it: what a parser did not find has no name in the event. */
export const present = (fields: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** Whether an object has no names. */
export const isEmpty = (fields: JsonObject): boolean => {
  for (const name in fields) if (Object.hasOwn(fields, name)) return false;
  return true;
};

/** The object without these names. */
export const without = (record: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));

/** Levels of objects and lists that are read in a text. The store refuses events that are nested deeper. */
const MAX_DEPTH = 20;

/** A JSON object of a text; undefined when it is not one, or one that is nested too deeply. */
export const objectOf = (text: string): JsonObject | undefined => {
  if (!text.startsWith("{") || isTooDeep(text)) return undefined;
  try {
    const value = parseEventJson(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

/** Brackets in texts count as well, unless they are closed: what looks deep stays text, and nothing is lost. */
const isTooDeep = (text: string): boolean => {
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charCodeAt(index);
    if (character === OPEN_OBJECT || character === OPEN_LIST) depth += 1;
    else if (character === CLOSE_OBJECT || character === CLOSE_LIST) depth -= 1;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
};

const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;

/** An object or a list as JSON text: for bodies that have another shape in each event, or names without end. Others stay. */
export const asJsonText = (value: unknown): unknown =>
  typeof value === "object" && value !== null && !isExactNumber(value) ? JSON.stringify(value) : value;

/** The object with these parts as JSON text, see {@link asJsonText}. */
export const withJsonTexts = (record: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name, names.includes(name) ? asJsonText(value) : value]),
  );
