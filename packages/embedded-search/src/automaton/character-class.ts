import { MAX_CODE_POINT, type Ranges } from "./automaton.ts";
import { caseVariants } from "./case-variants.ts";
import { regexpError, type RegexpReader } from "./regexp-reader.ts";

const LETTERS = "abcdefghijklmnopqrstuvwxyz";

/** Characters that have a meaning after a backslash, or are refused there. */
export const NAMED_ESCAPES = `\\${LETTERS}${LETTERS.toUpperCase()}`;

type Range = readonly [number, number];

const DIGITS: Ranges = [[0x30, 0x39]];
const SPACES: Ranges = [
  [0x09, 0x0a],
  [0x0d, 0x0d],
  [0x20, 0x20],
];
const WORD_CHARACTERS: Ranges = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];

/** All code points outside the ranges. */
export const negated = (ranges: Ranges): Ranges => {
  const result: Range[] = [];
  let next = 0;
  for (const [min, max] of [...ranges].sort((a, b) => a[0] - b[0])) {
    if (min > next) result.push([next, min - 1]);
    next = Math.max(next, max + 1);
  }
  return next > MAX_CODE_POINT ? result : [...result, [next, MAX_CODE_POINT]];
};

const escapes = new Map<string, Ranges>([
  ["\\", [[0x5c, 0x5c]]],
  ["d", DIGITS],
  ["D", negated(DIGITS)],
  ["s", SPACES],
  ["S", negated(SPACES)],
  ["w", WORD_CHARACTERS],
  ["W", negated(WORD_CHARACTERS)],
]);

/** Reads what follows a backslash and is one of `NAMED_ESCAPES`, such as the `d` of `\d`. */
export const readNamedEscape = (reader: RegexpReader): Ranges => {
  const codePoint = reader.next();
  const ranges = escapes.get(String.fromCodePoint(codePoint));
  if (ranges === undefined) throw regexpError(`invalid character class \\${codePoint}`);
  return ranges;
};

/** One character, with or without a backslash before it. */
export const readCharacter = (reader: RegexpReader): number => {
  reader.takes("\\");
  return reader.next();
};

/** A character alone as ranges, in all its cases when case is ignored. */
export const characterRanges = (codePoint: number, ignoreCase: boolean): Ranges =>
  (ignoreCase ? caseVariants(codePoint) : [codePoint]).map((variant) => [variant, variant]);

const readItem = (reader: RegexpReader, ignoreCase: boolean): Ranges => {
  if (reader.takes("\\")) {
    if (reader.sees(NAMED_ESCAPES)) return readNamedEscape(reader);
    return characterRanges(reader.next(), false);
  }
  const first = readCharacter(reader);
  if (!reader.takes("-")) return characterRanges(first, ignoreCase);
  return [[first, readCharacter(reader)]];
};

/** Reads a class after its opening bracket, including the closing one. The first character may be a bracket itself. */
export const readCharacterClass = (reader: RegexpReader, ignoreCase: boolean): Ranges => {
  const negate = reader.takes("^");
  const ranges: Range[] = [];
  do ranges.push(...readItem(reader, ignoreCase));
  while (!reader.atEnd() && !reader.sees("]"));
  const reversed = ranges.find(([min, max]) => min > max);
  if (reversed) throw regexpError(`invalid range: from (${reversed[0]}) cannot be > to (${reversed[1]})`);
  reader.expect("]");
  return negate ? negated(ranges) : ranges;
};
