/** A part of a text that is shorter is always a copy. */
const LONGEST_COPY = 12;

const ASCII = /^[\0-\x7f]*$/;

/**
 * The same text in memory of its own. A part that was cut out of a text keeps the whole of that in memory as long as the part lives:
 * a term of some characters a message of some hundred thousand.
 */
export const ownCopy = (text: string): string => {
  if (text.length <= LONGEST_COPY) return text;
  return ASCII.test(text)
    ? Buffer.from(text, "latin1").toString("latin1")
    : Buffer.from(text, "utf16le").toString("utf16le");
};
