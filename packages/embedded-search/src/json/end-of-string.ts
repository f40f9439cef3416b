const BACKSLASH = 0x5c;

/**
 * Place of the quote that closes a string of JSON; the length of the text when there is none.
 *
 * @param start - After the quote that opens it.
 */
export const endOfString = (text: string, start: number): number => {
  for (let at = text.indexOf('"', start); at !== -1; at = text.indexOf('"', at + 1)) {
    let escapes = 0;
    while (text.charCodeAt(at - 1 - escapes) === BACKSLASH) escapes++;
    if (escapes % 2 === 0) return at;
  }
  return text.length;
};
