import type { EventFields } from "../event/event.ts";
import { over } from "../event/finish-event.ts";
import { isObject, type JsonObject, without } from "../event/json.ts";
import { readNames } from "./mozdef.ts";

/**
 * A record without the names that have been read as texts. What stands there in another shape, an object or a list, has not been
 * read and stays.
 */
export const restOf = (record: JsonObject, read: readonly string[]): JsonObject => ({
  ...without(record, read),
  ...unreadOf(record, read),
});

/** The fields of what is left of a record: others than the shipper itself have added it, by names of MozDef or of their own. */
export const restFields = (record: JsonObject, read: readonly string[]): EventFields => {
  const { text, fields } = readNames(without(record, read));
  return over(fields, { details: { summary: text, ...unreadOf(record, read) } });
};

const unreadOf = (record: JsonObject, read: readonly string[]): JsonObject =>
  Object.fromEntries(
    Object.entries(record).filter(([name, value]) => read.includes(name) && (isObject(value) || isList(value))),
  );

const isList = (value: unknown): boolean => Array.isArray(value) && value.length !== 1;
