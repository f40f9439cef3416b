import { isAscii } from "./lower-case.ts";

/** Greek letters with an iota below, which keep it as one character of its own in Java. */
const withIota = (code: number): number | undefined => {
  if (code >= 0x1f80 && code <= 0x1faf) return (code & 0x8) === 0 ? code + 8 : undefined;
  return code === 0x1fb3 || code === 0x1fc3 || code === 0x1ff3 ? code + 9 : undefined;
};

/** Upper-cases one code point at a time, as Lucene's UpperCaseFilter does; what would become several stays as it is (`ß`). */
export const upperCase = (text: string): string => {
  if (isAscii(text)) return text.toUpperCase();
  let raised = "";
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const own = withIota(code);
    const upper = own === undefined ? character.toUpperCase() : String.fromCodePoint(own);
    raised += Array.from(upper).length === 1 ? upper : character;
  }
  return raised;
};
