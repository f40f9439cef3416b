/** Is the text free of lone surrogates? Those cannot be stored as UTF-8. */
export const isWellFormed = (text: string): boolean => !/\p{Cs}/u.test(text);
