export { keywordTerms, keywordTokens } from "./keyword-tokens.ts";
export { lowerCase } from "./lower-case.ts";
export { standardTerms, standardTokens } from "./standard-tokenizer.ts";
export { type Token, type TokenType } from "./token.ts";
