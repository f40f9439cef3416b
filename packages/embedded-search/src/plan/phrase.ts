import { GAP } from "../index/text-column.ts";

/**
 * Tests whether tokens contain the terms of a phrase, in order and next to each other, or with up to `slop` moves. Tokens are
 * numbers of terms, with {@link GAP} between two values.
 *
 * @param positionGap - Positions that a gap stands for.
 */
export const phraseTest = (
  phrase: readonly number[],
  slop: number,
  positionGap: number,
): ((tokens: Uint32Array) => boolean) => {
  const sloppy = (tokens: Uint32Array): boolean => hasSloppy(positionsOf(tokens, phrase, positionGap), phrase, slop);
  if (slop === 0) {
    const exact = (tokens: Uint32Array): boolean => hasExact(tokens, phrase);
    return positionGap > 0 ? exact : (tokens) => (tokens.includes(GAP) ? sloppy(tokens) : exact(tokens));
  }
  const areDistinct = new Set(phrase).size === phrase.length;
  return (tokens) => (areDistinct && !hasGap(tokens) ? hasNear(tokens, phrase, slop) : sloppy(tokens));
};

/** Searching a typed array costs a call each time, which takes longer than a look at the few tokens of a text. */
const hasGap = (tokens: Uint32Array): boolean => {
  for (const token of tokens) if (token === GAP) return true;
  return false;
};

const hasExact = (tokens: Uint32Array, phrase: readonly number[]): boolean => {
  const first = phrase[0] ?? GAP;
  const last = tokens.length - phrase.length;
  for (let at = tokens.indexOf(first); at !== -1 && at <= last; at = tokens.indexOf(first, at + 1)) {
    let matched = 1;
    while (matched < phrase.length && tokens[at + matched] === phrase[matched]) matched++;
    if (matched === phrase.length) return true;
  }
  return false;
};

/** {@link hasSloppy} for one value and distinct terms, which never compete for a token. */
const hasNear = (tokens: Uint32Array, phrase: readonly number[], slop: number): boolean => {
  for (let at = 0; at < tokens.length; at++)
    for (let place = 0; place < phrase.length; place++)
      if (tokens[at] === phrase[place] && allWithin(tokens, phrase, at - place, slop)) return true;
  return false;
};

const allWithin = (tokens: Uint32Array, phrase: readonly number[], start: number, slop: number): boolean => {
  for (let place = 0; place < phrase.length; place++) {
    const last = Math.min(start + place + slop, tokens.length - 1);
    let at = Math.max(0, start + place);
    while (at <= last && tokens[at] !== phrase[place]) at++;
    if (at > last) return false;
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
