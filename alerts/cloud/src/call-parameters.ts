import { valueAt, type Hit } from "@mozdef/alert";

/** A part of a CloudTrail record: keys in lower case, JSON texts as what they say. */
export type Parameters = Readonly<Record<string, unknown>>;

/**
 * A part of the record, such as `requestparameters`. Deeper parts are stored as JSON text, in older events all of them below
 * `raw_value`; either way they are read here. Empty when there is none.
 */
export const partOf = (event: Hit, part: string): Parameters => {
  const value = plain(valueAt(event._source, `details.${part}`), 0);
  return isParameters(value) ? value : {};
};

const DEEPEST = 20;

const plain = (value: unknown, depth: number): unknown => {
  if (depth > DEEPEST) return null;
  if (typeof value === "string") {
    const inner = parsed(value);
    return inner === undefined ? value : plain(inner, depth + 1);
  }
  if (Array.isArray(value)) return value.map((element) => plain(element, depth + 1));
  if (!isParameters(value)) return value;
  const { raw_value: raw, ...named } = value;
  const inner = plain(raw, depth + 1);
  const own = Object.entries(named).map(([key, part]) => [key.toLowerCase(), plain(part, depth + 1)] as const);
  if (own.length === 0 && raw !== undefined) return inner;
  return { ...(isParameters(inner) ? inner : {}), ...Object.fromEntries(own) };
};

const parsed = (text: string): unknown => {
  if (!/^\s*[{["]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

export const isParameters = (value: unknown): value is Parameters =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The elements of a list, also of one that EC2 wraps in `items`; a single value is a list of one. */
export const elementsOf = (value: unknown): readonly unknown[] => {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  return isParameters(value) && "items" in value ? elementsOf(value.items) : [value];
};

/** All single values below keys of these names, at whatever depth, as texts. */
export const textsBelow = (value: unknown, ...names: readonly string[]): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap((element) => textsBelow(element, ...names));
  if (!isParameters(value)) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    names.includes(key) ? textsOf(part) : textsBelow(part, ...names),
  );
};

const textsOf = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (isParameters(value)) return Object.values(value).flatMap(textsOf);
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? [String(value)] : [];
};
