import { ASCII_FOLDS } from "./ascii-folds.ts";
import { isAscii } from "./lower-case.ts";

const folds: ReadonlyMap<string, string> = new Map(
  ASCII_FOLDS.flatMap(([ascii, characters]) => Array.from(characters, (character) => [character, ascii] as const)),
);

/** Replaces letters, digits and signs by their ASCII look-alikes, as Lucene's ASCIIFoldingFilter does: `É` by `E`, `ß` by `ss`. */
export const foldToAscii = (text: string): string => {
  if (isAscii(text)) return text;
  let folded = "";
  for (const character of text) folded += folds.get(character) ?? character;
  return folded;
};
