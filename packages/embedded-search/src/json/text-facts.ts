import { endOfString } from "./end-of-string.ts";

const [QUOTE, MINUS, COLON] = [0x22, 0x2d, 0x3a];
const [ZERO, NINE] = [0x30, 0x39];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/** What a JSON text shows that its parsed value no longer does. */
export interface TextFacts {
  /** Does it have a number that JavaScript would print in another way? */
  readonly losesDigits: boolean;
  /** Number of keys in all objects, duplicates included. */
  readonly keys: number;
  /** Greatest depth of nested objects and lists. */
  readonly depth: number;
}

const isDigit = (unit: number): boolean => unit >= ZERO && unit <= NINE;

/** Reads a text once. Strings, most of the text, are skipped. For text that is not JSON the facts are meaningless. */
export const factsOf = (text: string): TextFacts => {
  let [losesDigits, keys, depth, open] = [false, 0, 0, 0];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) at = endOfString(text, at + 1);
    else if (unit === COLON) keys++;
    else if (unit === OPEN_OBJECT || unit === OPEN_LIST) depth = Math.max(depth, ++open);
    else if (unit === CLOSE_OBJECT || unit === CLOSE_LIST) open--;
    else if (unit === MINUS || isDigit(unit)) {
      const end = endOfNumber(text, at);
      losesDigits ||= isChanged(text.slice(at, end));
      at = end - 1;
    }
  }
  return { losesDigits, keys, depth };
};

const isChanged = (number: string): boolean => String(Number(number)) !== number;

const endOfNumber = (text: string, start: number): number => {
  let at = start + 1;
  while (at < text.length && isPartOfNumber(text.charCodeAt(at))) at++;
  return at;
};

/** Digits, `+`, `-`, `.`, `e` and `E`. */
const isPartOfNumber = (unit: number): boolean =>
  isDigit(unit) || unit === MINUS || unit === 0x2b || unit === 0x2e || unit === 0x65 || unit === 0x45;
