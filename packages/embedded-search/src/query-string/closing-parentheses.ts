/**
 * The place of the closing parenthesis of each opening one that has one. Quotes do not protect them.
 *
 * @param hasEscapes - Whether a backslash protects the character after it.
 */
export const closingParentheses = (text: string, hasEscapes: boolean): ReadonlyMap<number, number> => {
  const closing = new Map<number, number>();
  const open: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === "\\" && hasEscapes) at++;
    else if (character === "(") open.push(at);
    else if (character === ")") {
      const start = open.pop();
      if (start !== undefined) closing.set(start, at);
    }
  }
  return closing;
};
