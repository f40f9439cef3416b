import { END, type Matcher } from "./matcher.ts";
import { addAll, countMembers, drop, emptyWindow, type Filler, keep, nextMember, WINDOW } from "./window.ts";

/** What a conjunction is made of, window by window. */
export interface WindowParts {
  readonly lead: Matcher;
  readonly leadFiller: Filler;
  readonly required: readonly Filler[];
  readonly excluded: readonly Filler[];
}

/** Walks through a conjunction by sets of the documents of one window, which costs much less than a test of each document. */
export interface Windowed {
  readonly next: (from: number) => number;
  readonly count: (limit: number) => number;
  readonly filler: Filler;
}

const costOf = (fillers: readonly Filler[]): number => fillers.reduce((sum, { cost }) => sum + cost, 0);

export const windowed = ({ lead, leadFiller, required, excluded }: WindowParts): Windowed => {
  const words = emptyWindow();
  const others = emptyWindow();
  const filled = (filler: Filler, from: number): Int32Array => {
    others.fill(0);
    filler.fill(from, others);
    return others;
  };
  /** Start of what is in `words`. */
  let start = -1;
  const load = (from: number): void => {
    start = from;
    words.fill(0);
    leadFiller.fill(from, words);
    for (const filler of required) keep(words, filled(filler, from));
    for (const filler of excluded) drop(words, filled(filler, from));
  };
  /** Loads the window that begins with the first document from one on that the lead has. @returns false when there is none. */
  const loadFrom = (from: number): boolean => {
    const document = lead.next(from);
    if (document === END) return false;
    load(document & ~31);
    return true;
  };
  const next = (from: number): number => {
    for (let wanted = from; ; wanted = start + WINDOW) {
      const isLoaded = start >= 0 && wanted >= start && wanted < start + WINDOW;
      if (!isLoaded && !loadFrom(wanted)) return END;
      const member = nextMember(words, Math.max(0, wanted - start));
      if (member !== -1) return start + member;
    }
  };
  const count = (limit: number): number => {
    let sum = 0;
    for (let from = 0; sum <= limit && loadFrom(from); from = start + WINDOW) sum += countMembers(words);
    return sum;
  };
  const fill = (from: number, into: Int32Array): void => {
    if (start !== from) load(from);
    addAll(into, words);
  };
  return { next, count, filler: { cost: costOf([leadFiller, ...required, ...excluded]), fill } };
};
