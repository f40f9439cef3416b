import { MergeError } from "../errors/merge-error.ts";
import type { SearchTarget } from "./scope.ts";
import type { SortKey } from "./sort-plan.ts";
import { showsDecimals } from "./sort-type.ts";
import type { Candidate } from "./top-documents.ts";

/**
 * Which keys show all numbers as doubles, because indices have different ones and some have decimals.
 *
 * @param targets - The indices that found something, in order.
 * @throws {MergeError} when one index sorts by text and another by numbers.
 */
export const mergeSorts = (keys: readonly SortKey[], targets: readonly SearchTarget[]): readonly boolean[] =>
  keys.map((key) => {
    const kinds = targets.map((target) => key.kindOf(target));
    const [first] = kinds;
    const place = kinds.findIndex((kind) => (kind === "STRING") !== (first === "STRING"));
    const other = targets[place];
    if (other !== undefined)
      throw new MergeError({
        type: "illegal_argument_exception",
        reason: `Can't sort on field [${key.nameIn(other)}]; the field has incompatible sort types: [${first}] and [${kinds[place]}] across shards!`,
      });
    return showsDecimals(kinds);
  });

/** The bytes of an address. */
const ADDRESS_BYTES = 16;

/**
 * @param last - The last index that was asked.
 * @throws {MergeError} when a value to show as an address is none: it stands for a missing one, or another index has text there.
 */
export const checkAddresses = (
  keys: readonly SortKey[],
  candidates: readonly Candidate[],
  last: SearchTarget | undefined,
): void => {
  for (const [i, key] of keys.entries()) {
    if (last === undefined || !key.isAddress(last)) continue;
    for (const { values } of candidates) {
      const value = values[i];
      if (typeof value === "string" && value.length !== ADDRESS_BYTES) throw notAnAddress();
    }
  }
};

const notAnAddress = (): MergeError =>
  new MergeError({
    type: "illegal_argument_exception",
    reason: "Failed trying to format bytes as IP address.  Possibly caused by a mapping mismatch",
    causedBy: {
      type: "illegal_argument_exception",
      reason: "encoded bytes are of incorrect length",
      causedBy: { type: "unknown_host_exception", reason: "addr is of illegal length" },
    },
  });
