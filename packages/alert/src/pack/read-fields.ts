import { type FieldKinds, fieldNamed } from "@mozdef/query";
import { FIELD_KINDS, preview } from "@mozdef/query/tools";
import { messageOf } from "../alert-error.ts";
import { packError } from "./pack-error.ts";

/**
 * Fields and their kinds, checked; none when there is nothing.
 *
 * @param where - The key of the pack, for messages.
 * @throws {AlertError} `PACK_INVALID`.
 */
export const readFields = (source: string, where: string, fields: unknown): FieldKinds => {
  if (fields === undefined) return Object.freeze({});
  if (typeof fields !== "object" || fields === null)
    throw packError(source, `"${where}" is not an object with a kind for each field. Received: ${preview(fields)}`);
  for (const [name, kind] of Object.entries(fields)) checkFieldKind(source, where, name, kind);
  return Object.freeze({ ...fields });
};

const checkFieldKind = (source: string, where: string, name: string, kind: unknown): void => {
  try {
    fieldNamed(name);
  } catch (cause) {
    throw packError(source, `"${where}" has a key that is not the name of a field: ${messageOf(cause)}`);
  }
  if (typeof kind !== "string" || !(FIELD_KINDS as readonly string[]).includes(kind))
    throw packError(
      source,
      `${where}[${JSON.stringify(name)}] is not a kind of field. Expected one of ${FIELD_KINDS.join(", ")}. Received: ${preview(kind)}`,
    );
};
