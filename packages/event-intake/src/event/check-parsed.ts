import type { EventFields } from "./event.ts";
import { isObject } from "./json.ts";
import { parseEventJson } from "./parse-event-json.ts";

/** Levels of objects and lists that the store takes. */
const MAX_DEPTH = 20;

/**
 * What a parser of others has given, as the JSON that it becomes in the store: what is no JSON shows here, not where the event is
 * saved.
 *
 * @throws {Error} when it is no list of fields.
 */
export const checkParsed = (read: unknown): readonly EventFields[] => {
  if (read === null) return [];
  if (read instanceof Promise) throw new Error("it gave a promise: parsers answer at once");
  // What JSON does not have, such as a function, is no fields either.
  const text = JSON.stringify(read) as string | undefined;
  const copy: unknown = text === undefined ? undefined : parseEventJson(text);
  const events: readonly unknown[] = Array.isArray(copy) ? copy : [copy];
  return events.map((event) => {
    if (!isObject(event)) throw new Error("it gave something other than fields, a list of them, or null");
    if (event.details !== undefined && !isObject(event.details)) throw new Error("its details are not an object");
    if (isTooDeep(event, MAX_DEPTH)) throw new Error(`its fields are nested deeper than ${MAX_DEPTH} levels`);
    return event;
  });
};

const isTooDeep = (value: unknown, levels: number): boolean => {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isTooDeep(inner, levels - 1));
};
