import { CLASS_COUNT, classOf } from "./code-point-class.ts";
import { isAscii, lowerCase } from "./lower-case.ts";
import type { Token } from "./token.ts";
import { buildWordAutomaton } from "./word-automaton.ts";
import { WORD_RULES } from "./word-grammar.ts";

/** Longest token, in UTF-16 units; what is longer is cut into pieces of this length. Elasticsearch's `max_token_length`. */
const MAX_TOKEN_LENGTH = 255;

const START_STATE = 1;

const automaton = buildWordAutomaton(WORD_RULES);

const isHighSurrogate = (unit: number): boolean => (unit & 0xfc00) === 0xd800;

/** What is found at one place of the text: the end of the token and its rule, or rule -1 and the end of what is skipped. */
interface Match {
  end: number;
  rule: number;
}

/** Where reading for a token from `start` ends: a buffer's length on, never between the halves of a pair. */
const windowEnd = (text: string, start: number): number => {
  const end = start + MAX_TOKEN_LENGTH;
  if (end > text.length) return text.length;
  return isHighSurrogate(text.charCodeAt(end - 1)) ? end - 1 : end;
};

const matchAt = (text: string, start: number, match: Match): void => {
  const limit = windowEnd(text, start);
  let state = START_STATE;
  let position = start;
  match.rule = -1;
  while (position < limit) {
    const codePoint = text.codePointAt(position) ?? 0;
    state = automaton.next[state * CLASS_COUNT + classOf(codePoint)] ?? 0;
    if (state === 0) break;
    position += codePoint > 0xffff ? 2 : 1;
    const rule = automaton.rule[state] ?? -1;
    if (rule < 0) continue;
    match.rule = rule;
    match.end = position;
  }
  if (match.rule < 0) match.end = start + ((text.codePointAt(start) ?? 0) > 0xffff ? 2 : 1);
};

/**
 * Splits a text into tokens and lower-cases them, exactly as Elasticsearch's `standard` analyser does.
 *
 * Shape: tokens in order of the text; offsets in UTF-16 units of the original text.
 * @param most - Where to stop. Default: with the text.
 */
export const standardTokens = (text: string, most = Number.POSITIVE_INFINITY): Token[] => {
  const tokens: Token[] = [];
  const match: Match = { end: 0, rule: -1 };
  for (let start = 0; start < text.length && tokens.length < most; start = match.end) {
    matchAt(text, start, match);
    const type = WORD_RULES[match.rule]?.type;
    if (type === undefined) continue;
    tokens.push({
      text: lowerCase(text.slice(start, match.end)),
      start,
      end: match.end,
      position: tokens.length,
      type,
    });
  }
  return tokens;
};

/** The terms of a text alone: `standardTokens` without offsets and types, several times faster on ASCII text. */
export const standardTerms = (text: string): string[] => {
  const ascii = isAscii(text);
  const source = ascii ? text.toLowerCase() : text;
  const terms: string[] = [];
  const match: Match = { end: 0, rule: -1 };
  for (let start = 0; start < source.length; start = match.end) {
    matchAt(source, start, match);
    if (match.rule < 0) continue;
    const term = source.slice(start, match.end);
    terms.push(ascii ? term : lowerCase(term));
  }
  return terms;
};
