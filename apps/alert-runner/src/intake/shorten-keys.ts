import { isExactNumber } from "@mozdef/event-intake";
import { createHash } from "node:crypto";

/** Digits of the hash that tells shortened names apart. */
const HASH_DIGITS = 16;

/**
 * A value in which no name of a field is longer than a number of bytes. A longer one is cut and ends in `~` and a hash of the
 * whole: every name becomes part of the mapping of its index for good, so long ones would fill the store.
 *
 * @param value - As parsed from JSON, not deep: it is walked by recursion.
 * @param most - Bytes in UTF-8, inclusive; at least 32.
 */
export const shortenKeys = (value: unknown, most: number): unknown => {
  if (Array.isArray(value)) return value.map((element) => shortenKeys(element, most));
  if (typeof value !== "object" || value === null || isExactNumber(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [shorten(key, most), shortenKeys(inner, most)]),
  );
};

const shorten = (key: string, most: number): string => {
  const bytes = Buffer.from(key);
  if (bytes.length <= most) return key;
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, HASH_DIGITS);
  return `${wholeCharacters(bytes.subarray(0, most - HASH_DIGITS - 1))}~${hash}`;
};

/** Text of bytes that may have been cut inside a character. */
const wholeCharacters = (bytes: Buffer): string => {
  let end = bytes.length;
  // Bytes of the form 10xxxxxx go on with a character that began before them.
  while (end > 0 && (bytes[end - 1] ?? 0) >= 0x80 && (bytes[end - 1] ?? 0) < 0xc0) end -= 1;
  if (end > 0 && (bytes[end - 1] ?? 0) >= 0xc0) end -= 1;
  return bytes.subarray(0, end).toString("utf8");
};
