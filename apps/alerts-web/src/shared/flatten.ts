import { toText } from "./to-text.ts";

/** One line of a document: the dotted name of a field and its value as text. */
export interface Line {
  readonly name: string;
  readonly value: string;
}

/** Documents come from outside: a deep or endless one must not make the page hang. */
const MAX_DEPTH = 8;

/**
 * A document as lines: nested objects by dotted names, lists joined, in the order of the document.
 * What lies deeper than eight levels is shown as JSON in one line.
 */
export const flatten = (document: unknown, prefix = "", depth = 0): Line[] => {
  if (!isObject(document)) return [];
  return Object.entries(document).flatMap(([key, value]) => {
    const name = prefix === "" ? key : `${prefix}.${key}`;
    const nested = isObject(value) && depth < MAX_DEPTH && Object.keys(value).length > 0;
    return nested ? flatten(value, name, depth + 1) : [{ name, value: toText(value) }];
  });
};

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);
