import { isObject } from "../event/json.ts";

type Entries = readonly (readonly [name: string, value: unknown])[];

/**
 * What a name puts below `details`: `details` and `fields` all that is in them, `details.user` and `fields.user` that. undefined for
 * every other name.
 *
 * @see MozDef `mq/esworker_eventtask.py`, `keyMapping`
 */
export const detailsOf = (name: string, value: unknown): Entries | undefined => {
  if (name === "details" || name === "fields") return isObject(value) ? Object.entries(value) : [["message", value]];
  const [, rest] = /^(?:details|fields)\.(.+)$/s.exec(name) ?? [];
  return rest === undefined ? undefined : [[rest.toLowerCase(), numberOf(rest, value)]];
};

/** The ending of a name says what the text in it is. What is not a number stays the text. */
const numberOf = (name: string, value: unknown): unknown => {
  if (typeof value !== "string" || value.trim() === "") return value;
  const number = Number(value);
  if (/_int$/i.test(name) && Number.isSafeInteger(number)) return number;
  return /_float$/i.test(name) && Number.isFinite(number) ? number : value;
};
