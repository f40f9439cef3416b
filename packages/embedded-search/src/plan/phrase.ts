import { GAP, type TokensTest } from "../index/text-column.ts";

/**
 * Tests whether tokens contain the terms of a phrase, in order and next to each other, or with up to `slop` moves. Tokens are
 * numbers of terms, with {@link GAP} between two values.
 *
 * @param positionGap - Positions that a gap stands for.
 */
export const phraseTest = (phrase: readonly number[], slop: number, positionGap: number): TokensTest => {
  const sloppy = (tokens: Uint32Array): boolean => hasSloppy(positionsOf(tokens, phrase, positionGap), phrase, slop);
  const areDistinct = slop > 0 && new Set(phrase).size === phrase.length;
  const terms = Uint32Array.from(phrase);
  return (tokens, start, end) => {
    const isNear = slop === 0 || areDistinct ? hasNear(tokens, start, end, terms, slop) : undefined;
    return isNear ?? sloppy(tokens.subarray(start, end));
  };
};

/**
 * {@link hasSloppy} for one value, and for distinct terms or no moves: terms then never compete for a token. Short loops over the few
 * tokens of a text: searching typed arrays, or making a view of one, costs more. undefined when there are several values.
 */
const hasNear = (
  tokens: Uint32Array,
  start: number,
  end: number,
  phrase: Uint32Array,
  slop: number,
): boolean | undefined => {
  for (let at = start; at < end; at++) if (tokens[at] === GAP) return undefined;
  for (let place = 0; place < phrase.length; place++) {
    const term = phrase[place];
    for (let at = start; at < end; at++)
      if (tokens[at] === term && allWithin(tokens, start, end, phrase, at - place + slop, slop)) return true;
  }
  return false;
};

/** Has each term of the phrase a token as far from its place as `last` says, or up to `slop` before? */
const allWithin = (
  tokens: Uint32Array,
  start: number,
  end: number,
  phrase: Uint32Array,
  last: number,
  slop: number,
): boolean => {
  for (let place = 0; place < phrase.length; place++) {
    const past = Math.min(last + place + 1, end);
    let at = Math.max(start, last + place - slop);
    while (at < past && tokens[at] !== phrase[place]) at++;
    if (at >= past) return false;
  }
  return true;
};

const positionsOf = (tokens: Uint32Array, phrase: readonly number[], positionGap: number): Map<number, number[]> => {
  const positions = new Map<number, number[]>(phrase.map((term) => [term, []]));
  let position = 0;
  for (const token of tokens) {
    if (token === GAP) {
      position += positionGap;
      continue;
    }
    positions.get(token)?.push(position);
    position++;
  }
  return positions;
};

/**
 * A match is a choice of distinct positions, one per term, such that `position - place in the phrase`
 * differs by no more than `slop` among them. Equal terms have windows of equal length in the order of their places,
 * so that taking the earliest free position for each is best.
 */
const hasSloppy = (
  positions: ReadonlyMap<number, readonly number[]>,
  phrase: readonly number[],
  slop: number,
): boolean => {
  const starts = new Set(phrase.flatMap((term, place) => (positions.get(term) ?? []).map((at) => at - place)));
  for (const start of starts) if (fits(positions, phrase, slop, start)) return true;
  return false;
};

const fits = (
  positions: ReadonlyMap<number, readonly number[]>,
  phrase: readonly number[],
  slop: number,
  start: number,
): boolean => {
  const taken = new Map<number, number>();
  return phrase.every((term, place) => {
    const after = taken.get(term) ?? Number.NEGATIVE_INFINITY;
    const least = Math.max(start + place, after + 1);
    const found = positions.get(term)?.find((at) => at >= least);
    if (found === undefined || found > start + place + slop) return false;
    taken.set(term, found);
    return true;
  });
};
