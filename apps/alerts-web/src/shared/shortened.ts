/** The whole is on a page of its own. */
const LONGEST = 300;

/** The begin of a text that is too long for a row. */
export const shortened = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);
