/**
 * What a terminal or a reader could be misled by: control characters (C0, C1, lines and tabs among them), those that change the direction of
 * text, and those that take no room. The marks that choose between a letter and its picture stay: emoji have them.
 */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|(?![\ufe00-\ufe0f])\p{Default_Ignorable_Code_Point}/gu;

const LINES = new Set(["\n", "\t"]);

/** A text of unknown origin on one line, with everything that is not seen written as an escape: `\u001b`. Text of JSON stays JSON. */
export const visible = (text: string): string => text.replaceAll(HIDDEN, escaped);

/** The same for a text of several lines; lines and tabs stay. What is put together of other texts needs `visible` for each of them. */
export const visibleLines = (text: string): string =>
  text.replaceAll(HIDDEN, (character) => (LINES.has(character) ? character : escaped(character)));

/** By UTF-16 units, as JSON has it. */
const escaped = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`,
  ).join("");
