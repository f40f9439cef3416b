/** Code without the contents of its comments, strings and templates: same length, so that positions fit. */
export const blanked = (code: string): string =>
  code.replaceAll(
    // Each alternative starts differently and ends at the first possible place.
    /\/\/[^\n]*|\/\*[^]*?\*\/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\[^])*`/g,
    (piece) => piece.replaceAll(/[^\n]/g, " "),
  );

const CLOSING: ReadonlyMap<string, string> = new Map([
  ["{", "}"],
  ["(", ")"],
  ["[", "]"],
]);

/** Where the bracket at `open` closes; -1 when it does not. */
export const closingOf = (blank: string, open: number): number => {
  const expected: string[] = [];
  for (let at = open; at < blank.length; at++) {
    const character = blank.charAt(at);
    const closing = CLOSING.get(character);
    if (closing !== undefined) expected.push(closing);
    else if (character === "}" || character === ")" || character === "]") {
      if (expected.pop() !== character) return -1;
      if (expected.length === 0) return at;
    }
  }
  return -1;
};
