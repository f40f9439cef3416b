/** Characters with a meaning in Lucene's query syntax. */
const SPECIAL = /[+\-=&|!(){}[\]^"~*?:\\/]/g;
const OPERATORS = /\b(AND|OR|NOT|TO)\b/g;

/**
 * Text from outside made harmless inside a query string: every special character escaped, operators in lower case.
 * `<` and `>` cannot be escaped in this syntax and become spaces.
 */
export const escapeQueryString = (text: string): string =>
  text
    .replace(/[<>]/g, " ")
    .replace(SPECIAL, "\\$&")
    .replace(OPERATORS, (word) => `\\${word}`);
