import { deserialize, serialize } from "node:v8";
import { crc32 } from "node:zlib";
import type { SegmentImage } from "../index/segment.ts";

/** Increase this when the same document would be indexed differently; older images are then ignored. */
const IMAGE_FORMAT = 1;

interface Envelope {
  readonly format: number;
  readonly image: SegmentImage;
}

/** A full segment as bytes, so that opening a store does not have to read its documents one by one. */
export const packImage = (image: SegmentImage): Uint8Array =>
  serialize({ format: IMAGE_FORMAT, image } satisfies Envelope);

export const checksumOfImage = (bytes: Uint8Array): number => crc32(bytes);

/** @returns undefined when the bytes are corrupted or of another format: the documents have to be read then. */
export const unpackImage = (bytes: Uint8Array, checksum: number): SegmentImage | undefined => {
  if (crc32(bytes) !== checksum) return undefined;
  try {
    const { format, image } = deserialize(bytes) as Envelope;
    return format === IMAGE_FORMAT ? image : undefined;
  } catch {
    return undefined; // written by another version of V8
  }
};
