const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const LIST = 0x5b;
const OBJECT = 0x7b;
const END_OF_LIST = 0x5d;
const END_OF_OBJECT = 0x7d;

export interface Inspected {
  /** How deep objects and lists are nested; 0 for a bare value. */
  readonly depth: number;
  /** Bytes of the longest name of a field, as it is written. */
  readonly longestKey: number;
}

/**
 * Looks at JSON in one pass over its bytes, before it is parsed: a parser makes everything there is, however deep. What is
 * not JSON gives figures as well, and is for the parser to refuse.
 */
export const inspectJson = (bytes: Buffer): Inspected => {
  let depth = 0;
  let deepest = 0;
  let longestKey = 0;
  let text = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      const end = endOfText(bytes, at);
      text = end - at - 1;
      at = end;
    } else if (byte === COLON) longestKey = Math.max(longestKey, text);
    else if (byte === OBJECT || byte === LIST) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (byte === END_OF_OBJECT || byte === END_OF_LIST) depth -= 1;
  }
  return { depth: deepest, longestKey };
};

/** Where the quote is that ends the text beginning at `start`. */
const endOfText = (bytes: Buffer, start: number): number => {
  let at = start + 1;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at;
};
