import { type FieldKind, fieldNamed, received } from "@mozdef/query";
import { messageOf } from "../alert-error.ts";
import { packError } from "./pack-error.ts";

const KINDS: Readonly<Record<FieldKind, true>> = {
  text: true,
  keyword: true,
  ip: true,
  date: true,
  boolean: true,
  geo_point: true,
};

/**
 * Fields and their kinds, checked; none when there is nothing.
 *
 * @param where - The key of the pack, for messages.
 * @throws {AlertError} `PACK_INVALID`.
 */
export const readFields = (source: string, where: string, fields: unknown): Readonly<Record<string, FieldKind>> => {
  if (fields === undefined) return Object.freeze({});
  if (typeof fields !== "object" || fields === null)
    throw packError(source, `"${where}" is not an object with a kind for each field. Received: ${received(fields)}`);
  for (const [name, kind] of Object.entries(fields)) checkFieldKind(source, where, name, kind);
  return Object.freeze({ ...fields });
};

const checkFieldKind = (source: string, where: string, name: string, kind: unknown): void => {
  try {
    fieldNamed(name);
  } catch (cause) {
    throw packError(source, `"${where}" has a key that is not the name of a field: ${messageOf(cause)}`);
  }
  if (typeof kind !== "string" || !Object.hasOwn(KINDS, kind))
    throw packError(
      source,
      `${where}[${JSON.stringify(name)}] is not a kind of field. Expected one of ${Object.keys(KINDS).join(", ")}. Received: ${received(kind)}`,
    );
};
