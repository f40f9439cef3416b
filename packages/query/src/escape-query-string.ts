/** Characters with a meaning in Lucene's query syntax. */
const SPECIAL = /[+\-=&|!(){}[\]^"~*?:\\/]/g;
const OPERATORS = /\b(AND|OR|NOT|TO)\b/g;

/**
 * Escapes untrusted text for a Lucene query string: special characters and the operators AND, OR, NOT, TO get a backslash.
 * `<` and `>` cannot be escaped in this syntax and become spaces.
 *
 * @example
 * ```ts
 * QueryStringMatch(`details.actor:"${escapeQueryString("a:b OR *")}"`);
 * // { "query_string": { "query": "details.actor:\"a\\:b \\OR \\*\"" } }
 * ```
 */
export const escapeQueryString = (text: string): string =>
  text
    .replace(/[<>]/g, " ")
    .replace(SPECIAL, "\\$&")
    .replace(OPERATORS, (word) => `\\${word}`);
