const ASCII = /^[\0-\x7f]*$/;

/** Capital I with a dot: the only character that grows when JavaScript lower-cases it. */
const DOTTED_CAPITAL_I = 0x130;

/** True when a text has ASCII characters only; then simpler, faster paths give the same result. */
export const isAscii = (text: string): boolean => ASCII.test(text);

/**
 * Lower-cases one code point at a time, as Lucene's LowerCaseFilter does.
 *
 * Unlike `String.prototype.toLowerCase`, it never looks at the neighbours (a final capital sigma becomes U+03C3, not U+03C2)
 * and never changes the number of code points (U+0130 becomes a plain `i`).
 */
export const lowerCase = (text: string): string => {
  if (isAscii(text)) return text.toLowerCase();
  let lowered = "";
  for (const character of text)
    lowered += character.codePointAt(0) === DOTTED_CAPITAL_I ? "i" : character.toLowerCase();
  return lowered;
};
