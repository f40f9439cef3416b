import { compareBytes, type PackedTexts } from "./sort-bytes.ts";

/** Puts texts one after the other. Those of plain ASCII, which most are, are taken as one. */
export const packTexts = (texts: readonly string[]): PackedTexts => {
  const starts = new Uint32Array(texts.length + 1);
  const all = texts.join("");
  const bytes = Buffer.from(all, "utf8");
  const isAscii = bytes.length === all.length;
  for (const [number, text] of texts.entries())
    starts[number + 1] = (starts[number] ?? 0) + (isAscii ? text.length : Buffer.byteLength(text));
  return { bytes: new Uint8Array(bytes), starts };
};

/** One of the texts. */
export const textAt = ({ bytes, starts }: PackedTexts, number: number): string =>
  asBuffer(bytes).utf8Slice(starts[number] ?? 0, starts[number + 1] ?? 0);

/** Has a method that decodes a part without a view of it, which takes half the time. */
type Sliceable = Buffer & { utf8Slice(start: number, end: number): string };

const buffers = new WeakMap<Uint8Array, Sliceable>();

const asBuffer = (bytes: Uint8Array): Sliceable => {
  let buffer = buffers.get(bytes);
  if (buffer === undefined) {
    buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) as Sliceable;
    buffers.set(bytes, buffer);
  }
  return buffer;
};

/** Number of a text among sorted ones. */
export const findText = (texts: PackedTexts, sorted: Uint32Array, text: string): number | undefined => {
  const wanted = Buffer.from(text);
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareBytes(texts, sorted[middle] ?? 0, wanted) < 0) low = middle + 1;
    else high = middle;
  }
  const found = sorted[low];
  return found !== undefined && compareBytes(texts, found, wanted) === 0 ? found : undefined;
};
