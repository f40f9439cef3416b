/**
 * Bytes of an address as a text, as Lucene makes one of bytes that it takes for UTF-8: without a check, and as if zeros followed.
 *
 * @param bytes - One character each.
 */
export const rawBytes = (bytes: string): string => {
  let text = "";
  for (let at = 0; at < bytes.length;) {
    const length = lengthOf(bytes.charCodeAt(at));
    text += decoded(bytes, at, length);
    at += length;
  }
  return text;
};

const lengthOf = (first: number): number => (first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4);

/** Bits of the first byte that count, by how many bytes there are. */
const FIRST_BITS = [0, 0xff, 0x1f, 0xf, 0x7] as const;

const decoded = (bytes: string, start: number, length: number): string => {
  let code = bytes.charCodeAt(start) & (FIRST_BITS[length] ?? 0);
  for (let at = start + 1; at < start + length; at++)
    code = (code << 6) + (at < bytes.length ? bytes.charCodeAt(at) & 0x3f : 0);
  if (code < 0xffff) return String.fromCharCode(code);
  const beyond = code - 0x10000;
  return String.fromCharCode((beyond >> 10) + 0xd800, (beyond & 0x3ff) + 0xdc00);
};
