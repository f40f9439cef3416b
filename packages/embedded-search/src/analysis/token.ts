/** The kinds of token that the standard tokenizer tells apart, named as `_analyze` answers them. */
export type TokenType =
  | "<ALPHANUM>"
  | "<NUM>"
  | "<SOUTHEAST_ASIAN>"
  | "<IDEOGRAPHIC>"
  | "<HIRAGANA>"
  | "<KATAKANA>"
  | "<HANGUL>"
  | "<EMOJI>"
  | "word";

/** One token of an analysed text. */
export interface Token {
  /** The term as it is indexed: lower-cased by the standard analyser, untouched by the keyword analyser. */
  readonly text: string;
  /** Offset of the first UTF-16 unit in the original text. */
  readonly start: number;
  /** Offset after the last UTF-16 unit in the original text. */
  readonly end: number;
  /** Counts tokens from 0. */
  readonly position: number;
  readonly type: TokenType;
}
