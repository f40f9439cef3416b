import type { StoredEvent } from "@mozdef/alert-api";
import { toText } from "../shared/to-text.ts";

const MOST_CHARACTERS = 300;

/** A field of an event as a line of text; what is longer is cut, and whole where all fields are shown. */
export const cellOf = (event: StoredEvent, name: string): string => {
  const text = toText(valueAt(event._source, name));
  const characters = Array.from(text);
  return characters.length > MOST_CHARACTERS ? `${characters.slice(0, MOST_CHARACTERS).join("")}…` : text;
};

/** When the event was: in MozDef's shape, else in that of the Elastic Common Schema. */
export const timeOf = ({ _source }: StoredEvent): unknown =>
  _source.utctimestamp ?? _source["@timestamp"] ?? _source.receivedtimestamp;

/** The value of a dotted name; a name with dots in it wins over objects in one another. */
export const valueAt = (document: unknown, name: string): unknown => {
  if (typeof document !== "object" || document === null) return undefined;
  if (Object.hasOwn(document, name)) return (document as Readonly<Record<string, unknown>>)[name];
  for (let dot = name.indexOf("."); dot >= 0; dot = name.indexOf(".", dot + 1)) {
    const key = name.slice(0, dot);
    if (!Object.hasOwn(document, key)) continue;
    const value = valueAt((document as Readonly<Record<string, unknown>>)[key], name.slice(dot + 1));
    if (value !== undefined) return value;
  }
  return undefined;
};
