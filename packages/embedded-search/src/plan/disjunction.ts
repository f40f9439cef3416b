import { END, type Matcher, nothing } from "./matcher.ts";
import type { Filler } from "./window.ts";

/** Documents that match at least one; the score is the sum of those that do. */
export const disjunction = (matchers: readonly Matcher[]): Matcher => {
  const useful = matchers.filter((matcher) => matcher.cost > 0);
  const [only, ...more] = useful;
  if (only === undefined) return nothing;
  if (more.length === 0) return only;
  const matches = (document: number): boolean => useful.some((matcher) => matcher.matches(document));
  return {
    cost: useful.reduce((sum, matcher) => sum + matcher.cost, 0),
    matches,
    score: (document) => sumOfMatching(useful, document),
    next: nextOf(useful),
    ...filling(useful),
  };
};

/** Together, when each of them can. */
const filling = (matchers: readonly Matcher[]): { readonly filler?: Filler } => {
  const fillers = matchers.flatMap(({ filler }) => filler ?? []);
  if (fillers.length < matchers.length) return {};
  const fill = (from: number, words: Int32Array): void => {
    for (const filler of fillers) filler.fill(from, words);
  };
  return { filler: { cost: fillers.reduce((sum, { cost }) => sum + cost, 0), fill } };
};

/** Remembers the position of each, so that none is asked twice about the same stretch. */
const nextOf = (matchers: readonly Matcher[]): ((from: number) => number) => {
  const places = matchers.map(() => -1);
  let last = -1;
  return (from) => {
    if (from < last) places.fill(-1);
    last = from;
    let least = END;
    for (let i = 0; i < matchers.length; i++) {
      let place = places[i] ?? -1;
      if (place < from) {
        place = matchers[i]?.next(from) ?? END;
        places[i] = place;
      }
      // Nothing can come before it, so the others need not be asked yet.
      if (place === from) return place;
      if (place < least) least = place;
    }
    return least;
  };
};

const sumOfMatching = (matchers: readonly Matcher[], document: number): number => {
  let sum = 0;
  for (const matcher of matchers) if (matcher.matches(document)) sum += matcher.score(document);
  return sum;
};

/** As {@link disjunction}, with the best score instead of the sum. */
export const bestOf = (matchers: readonly Matcher[], boost: number): Matcher => {
  const any = disjunction(matchers);
  const score = (document: number): number =>
    boost *
    Math.max(0, ...matchers.filter((matcher) => matcher.matches(document)).map((matcher) => matcher.score(document)));
  return { ...any, score };
};

/** Documents that match at least `count` of them. */
export const atLeast = (matchers: readonly Matcher[], count: number): Matcher => {
  if (count <= 1) return disjunction(matchers);
  const any = disjunction(matchers);
  const matches = (document: number): boolean => {
    let found = 0;
    for (const matcher of matchers) if (matcher.matches(document) && ++found >= count) return true;
    return false;
  };
  const next = (from: number): number => {
    let document = any.next(from);
    while (document !== END && !matches(document)) document = any.next(document + 1);
    return document;
  };
  return { cost: any.cost, matches, next, score: (document) => sumOfMatching(matchers, document) };
};
