import { choice, optional, plus, sequence, set, star, type ClassPattern } from "./class-pattern.ts";
import type { TokenType } from "./token.ts";

/** One rule of the grammar: what a token of a type looks like. */
export interface WordRule {
  readonly type: TokenType;
  readonly pattern: ClassPattern;
}

/** WB4: marks and format characters belong to the character they follow. */
const marked = (name: string): ClassPattern => sequence(set(name), star(set("Extender")));

/** As `marked`, but presentation selectors stay apart, because emoji sequences spell them out. */
const emojiMarked = (name: string): ClassPattern => sequence(set(name), star(set("PlainExtender")));

const letter = marked("Letter");
const numeric = marked("Numeric");
const katakana = marked("Katakana");
const connectors = star(marked("Connector"));

const emoji = choice(
  sequence(star(set("Joiner")), emojiMarked("Emoji"), optional(set("EmojiSelector"))),
  sequence(optional(sequence(star(set("Joiner")), emojiMarked("EmojiModifierBase"))), emojiMarked("EmojiModifier")),
);

const emojiSequence = choice(
  sequence(emoji, choice(star(sequence(set("Joiner"), emoji)), sequence(plus(set("Tag")), set("TagEnd")))),
  sequence(emojiMarked("KeycapBase"), optional(set("EmojiSelector")), emojiMarked("Keycap")),
  sequence(marked("Flag"), marked("Flag")),
);

/** WB8, WB11, WB12 with WB13a and WB13b: digits, single signs between digits, connectors anywhere. */
const digits = sequence(numeric, star(sequence(choice(connectors, marked("MidNumber")), numeric)));
const number = sequence(connectors, digits, connectors);

/** WB5 to WB7c, WB9, WB10: letters and digits, with quotes in Hebrew words. */
const hebrew = sequence(
  marked("HebrewLetter"),
  choice(marked("SingleQuote"), sequence(marked("DoubleQuote"), marked("HebrewLetter"))),
);
const letters = sequence(letter, star(sequence(choice(connectors, marked("MidLetter")), letter)));
const alphanumeric = plus(choice(hebrew, digits, letters));

/** WB13: katakana keeps together; only a connector joins it to another script. */
const katakanaWord = sequence(katakana, star(sequence(connectors, katakana)));
const chunk = choice(katakanaWord, alphanumeric);
const word = sequence(connectors, chunk, star(sequence(plus(marked("Connector")), chunk)), connectors);

/**
 * The word rules of UAX #29 as Lucene's standard tokenizer applies them: the longest match wins, of equal ones the first rule.
 * Characters that no rule starts with are left out.
 *
 * @see https://unicode.org/reports/tr29/#Word_Boundary_Rules and https://unicode.org/reports/tr51/#EBNF_and_Regex
 */
export const WORD_RULES: readonly WordRule[] = [
  { type: "<EMOJI>", pattern: emojiSequence },
  { type: "<NUM>", pattern: number },
  { type: "<HANGUL>", pattern: plus(marked("Hangul")) },
  { type: "<KATAKANA>", pattern: plus(katakana) },
  { type: "<ALPHANUM>", pattern: word },
  { type: "<SOUTHEAST_ASIAN>", pattern: plus(marked("SoutheastAsian")) },
  { type: "<IDEOGRAPHIC>", pattern: marked("Han") },
  { type: "<HIRAGANA>", pattern: marked("Hiragana") },
];
