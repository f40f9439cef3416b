import { gzipSync } from "node:zlib";
import type { Random } from "../random.ts";
import { mutateJson } from "./mutate-json.ts";

/** Pieces that have broken parsers before. */
const pieces: readonly [string, ...string[]] = [
  "{",
  "}",
  "[",
  "]",
  '"',
  ":",
  ",",
  "\\",
  "\n",
  "\0",
  "null",
  "true",
  "-",
  "1e999",
  "-0",
  "1".repeat(400),
  "0.1e-400",
  '"__proto__":{"x":1},',
  '"constructor":1,',
  "[".repeat(2000),
  '{"a":'.repeat(1500),
  "*".repeat(300),
  "?".repeat(50),
  "\ud800",
  "\uffff",
  "\ufeff",
  "/(a*)*b/",
  "now||",
  "||+1y/",
  "~2",
  "^",
  "&&",
  "(",
  ")",
  "a".repeat(40_000),
  "9223372036854775808",
];

/** Corrupts a body: a value replaced, bytes flipped, cut, doubled or moved, or foreign pieces inserted. */
export const mutate = (body: string, other: string, random: Random): Uint8Array => {
  const isJson = random.below(3) > 0;
  let bytes: Uint8Array = Buffer.from(isJson ? mutateJson(body, random) : body);
  for (let step = isJson ? random.below(12) - 10 : random.below(3); step >= 0; step--)
    bytes = mutateOnce(bytes, other, random);
  return bytes;
};

const mutateOnce = (bytes: Uint8Array, other: string, random: Random): Uint8Array => {
  const at = random.below(bytes.length + 1);
  const to = Math.min(bytes.length, at + random.below(20));
  switch (random.below(7)) {
    case 0:
      return flipped(bytes, at, random);
    case 1:
      return bytes.subarray(0, at);
    case 2:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(to)]);
    case 3:
      return Buffer.concat([bytes.subarray(0, to), bytes.subarray(at)]);
    case 4:
      return Buffer.concat([bytes.subarray(0, at), Buffer.from(other).subarray(random.below(other.length + 1))]);
    default:
      return Buffer.concat([bytes.subarray(0, at), Buffer.from(random.pick(pieces)), bytes.subarray(to)]);
  }
};

const flipped = (bytes: Uint8Array, at: number, random: Random): Uint8Array => {
  const copy = Buffer.from(bytes);
  if (at < copy.length) copy[at] = random.below(256);
  return copy;
};

/** Sometimes compressed, sometimes compressed and then corrupted. */
export const maybePack = (
  bytes: Uint8Array,
  random: Random,
): { readonly bytes: Uint8Array; readonly encoding: string | undefined } => {
  if (random.below(20) !== 0) return { bytes, encoding: undefined };
  const packed = gzipSync(bytes, { level: 1 });
  return {
    bytes: random.below(2) === 0 ? packed : flipped(packed, random.below(packed.length), random),
    encoding: "gzip",
  };
};
