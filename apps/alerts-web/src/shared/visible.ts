/**
 * Characters that change how a text reads without being seen: controls, those that turn its direction, and those of no width. A host
 * `\u202egnp.exe` would read `exe.png`.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/gu;

/** A text with whatever cannot be seen written out, such as `\u202e`; lines and tabs stay. */
export const visible = (text: string): string =>
  text.replaceAll(UNSEEN, (character) => (character === "\n" || character === "\t" ? character : escaped(character)));

const escaped = (character: string): string => {
  const code = character.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, "0")}`;
};
