/**
 * The value at a dotted path, e.g. `details.sourceipaddress`; undefined when any part is missing. Also finds fields that
 * are literally named with dots. Never reaches an object's prototype.
 *
 * @see MozDef `mozdef_util/utilities/dot_dict.py` and `getValueByPath`.
 */
export const valueAt = <Document>(document: Document & NotAHit<Document>, path: string): unknown =>
  valueBelow(document, path);

/** In a hit are address and event: nothing that an alert asks for is found there. A call with one reads as a sentence. */
type NotAHit<Document> = Document extends { readonly _id: string; readonly _source: unknown }
  ? "valueAt reads the event itself. Pass hit._source, or use textAt(hit, path)."
  : unknown;

const valueBelow = (document: unknown, path: string): unknown => {
  if (typeof document !== "object" || document === null || Array.isArray(document)) return undefined;
  const fields = document as Readonly<Record<string, unknown>>;
  if (Object.hasOwn(fields, path)) return fields[path];
  for (let dot = path.indexOf("."); dot > 0; dot = path.indexOf(".", dot + 1)) {
    const head = path.slice(0, dot);
    const value = Object.hasOwn(fields, head) ? valueBelow(fields[head], path.slice(dot + 1)) : undefined;
    if (value !== undefined) return value;
  }
  return undefined;
};
