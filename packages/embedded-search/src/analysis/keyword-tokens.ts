import type { Token } from "./token.ts";

/** The whole text as one token, unchanged; an empty text is a token too. As Elasticsearch's `keyword` analyser. */
export const keywordTokens = (text: string): Token[] => [
  { text, start: 0, end: text.length, position: 0, type: "word" },
];
