import type { FieldKinds } from "@mozdef/query";
import { preview } from "@mozdef/query/tools";
import { packError } from "./pack-error.ts";
import { readFields } from "./read-fields.ts";

/** Indices of their own that alerts write to and read, and the kinds of fields that are not keywords. */
export type PackIndices = Readonly<Record<string, FieldKinds>>;

/** What every store takes as the name of an index. */
const NAME = /^[a-z0-9][a-z0-9._-]{0,99}$/;

/**
 * The indices of a pack, checked; empty when the pack gives none.
 *
 * @throws {AlertError} `PACK_INVALID`.
 */
export const readIndices = (source: string, indices: unknown): PackIndices => {
  if (indices === undefined) return Object.freeze({});
  if (typeof indices !== "object" || indices === null)
    throw packError(source, `"indices" is not an object with fields for each index. Received: ${preview(indices)}`);
  const read = Object.entries(indices).map(([name, fields]: [string, unknown]) => {
    if (!NAME.test(name))
      throw packError(
        source,
        `"indices" has a key that is not the name of an index: ${preview(name)}. Expected: lower-case letters, digits, dots, underscores and hyphens`,
      );
    return [name, readFields(source, `indices.${name}`, fields)] as const;
  });
  return Object.freeze(Object.fromEntries(read));
};
