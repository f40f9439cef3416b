/** Control characters, those that change the direction of text, and those that take no room: what a terminal or a reader could be misled by. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A text of unknown origin on one line, with everything that is not seen written as an escape: `\u{1b}`. */
export const visible = (text: string): string =>
  text.replace(HIDDEN, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
