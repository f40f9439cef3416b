import { endOfString } from "./end-of-string.ts";

/** The kinds of token in a scan of JSON text. */
export interface JsonToken {
  readonly kind: "open" | "close" | "string" | "key" | "value";
  /** Of the first character. */
  readonly start: number;
  /** After the last character. */
  readonly end: number;
}

const VALUE = /(?:true|false|null|-?\d[\d.eE+-]*)/y;

const isKey = (text: string, end: number): boolean => /^\s*:/.test(text.slice(end, end + 32));

/** The tokens of a text that may break off anywhere; anything else is skipped. */
export function* scanJson(text: string): Generator<JsonToken> {
  for (let at = 0; at < text.length;) {
    const character = text.charAt(at);
    VALUE.lastIndex = at;
    const start = at;
    if (character === '"') {
      at = endOfString(text, at + 1) + 1;
      yield { kind: isKey(text, at) ? "key" : "string", start, end: at };
    } else if (VALUE.test(text)) {
      at = VALUE.lastIndex;
      yield { kind: "value", start, end: at };
    } else {
      at++;
      if ("{[".includes(character)) yield { kind: "open", start, end: at };
      else if ("}]".includes(character)) yield { kind: "close", start, end: at };
    }
  }
}

/** The start of the last token before a place. */
export const lastTokenStart = (text: string, place: number): number => {
  let last = 0;
  for (const { start, end } of scanJson(text)) {
    if (end > place) break;
    last = start;
  }
  return last;
};
