import { compareBytes, type PackedTexts } from "./sort-bytes.ts";
import { allAtOnce, ranges, type Steps } from "./steps.ts";

/** Texts of one step. */
const TEXTS_A_STEP = 8_192;

/** Puts texts one after the other. */
export const packTexts = (texts: readonly string[]): PackedTexts => allAtOnce(packTextsInSteps(texts));

/** As {@link packTexts}. Those of plain ASCII, which most are, are taken as one. */
export function* packTextsInSteps(texts: readonly string[]): Steps<PackedTexts> {
  const starts = new Uint32Array(texts.length + 1);
  const parts: Buffer[] = [];
  let end = 0;
  for (const [from, to] of ranges(texts.length, TEXTS_A_STEP)) {
    const all = texts.slice(from, to).join("");
    const bytes = Buffer.from(all, "utf8");
    const isAscii = bytes.length === all.length;
    for (let number = from; number < to; number++) {
      const text = texts[number] ?? "";
      end += isAscii ? text.length : bytesOf(text);
      starts[number + 1] = end;
    }
    parts.push(bytes);
    yield;
  }
  return { bytes: new Uint8Array(Buffer.concat(parts)), starts };
}

/** Its length in UTF-8; for texts as short as terms are, it is counted several times as fast as `Buffer.byteLength` says it. */
const bytesOf = (text: string): number => {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    // Half of a pair is two bytes of four.
    if (unit >= 0x80) bytes += unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 1 : 2;
  }
  return bytes;
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

/** How many of the sorted texts come before a text. */
export const countBefore = (texts: PackedTexts, sorted: Uint32Array, wanted: Uint8Array): number => {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareBytes(texts, sorted[middle] ?? 0, wanted) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Number of a text among sorted ones. */
export const findText = (texts: PackedTexts, sorted: Uint32Array, text: string): number | undefined => {
  const wanted = Buffer.from(text);
  const found = sorted[countBefore(texts, sorted, wanted)];
  return found !== undefined && compareBytes(texts, found, wanted) === 0 ? found : undefined;
};
