/** The longest name that DNS has. */
const LONGEST_NAME = 253;

/** What a name of a host is made of. */
const UNUSUAL = /[^\w.-]/gu;

/**
 * A name that a name server gave. Whoever has an address says what it is called, and may say anything: what is not a letter, a digit, `.`, `-`
 * or `_` is written as in a zone file, `\032` for a space.
 */
export const hostName = (text: string): string => {
  const plain = text
    .slice(0, LONGEST_NAME + 1)
    .replace(/\.$/, "")
    .slice(0, LONGEST_NAME);
  return plain.replaceAll(UNUSUAL, (character) =>
    [...new TextEncoder().encode(character)].map((byte) => `\\${String(byte).padStart(3, "0")}`).join(""),
  );
};
