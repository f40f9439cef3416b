/** Has the text no half of a character that UTF-16 writes in two? Such a text cannot be kept as UTF-8. */
export const isWellFormed = (text: string): boolean => !/\p{Cs}/u.test(text);
