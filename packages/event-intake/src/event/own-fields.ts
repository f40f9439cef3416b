import type { JsonObject } from "./json.ts";

/** Fields that are being filled. Names come from senders: set them with {@link setField} only. */
export type OwnFields = Record<string, unknown>;

/** A copy with nothing undefined in it. */
export const ownFields = (fields: JsonObject): OwnFields => {
  const copy: OwnFields = { ...fields };
  for (const name in copy) if (copy[name] === undefined) return withoutUndefined(copy);
  return copy;
};

const withoutUndefined = (fields: OwnFields): OwnFields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** By assignment, `__proto__` would become the prototype instead of a name. */
export const setField = (fields: OwnFields, name: string, value: unknown): void => {
  if (name !== "__proto__") fields[name] = value;
  else Object.defineProperty(fields, name, { configurable: true, enumerable: true, writable: true, value });
};
