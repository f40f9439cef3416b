import { addBefore, type Filler } from "./window.ts";

/** What {@link Matcher.next} gives when there is no further document. Greater than any document. */
export const END = 0x7fff_ffff;

/** A query bound to one segment. Ignores deletes; the searcher filters those. */
export interface Matcher {
  /** Documents to look at when walking through all matches. */
  readonly cost: number;
  /** First matching document from this one on, or {@link END}. */
  next(from: number): number;
  matches(document: number): boolean;
  /** As {@link Matcher.next}, for the first one that passes a test as well; for matchers that can walk faster than call by call. */
  readonly nextWhere?: (from: number, passes: (document: number) => boolean) => number;
  /** Absent where giving many documents at once is not quicker than one by one. */
  readonly filler?: Filler;
  /** Does it match every document? Absent: not known. */
  readonly isAll?: boolean;
  /** Score of a document that matches. */
  score(document: number): number;
  /**
   * The number of matches, where counting is cheaper than walking through them. Above `limit`, any larger number will do.
   */
  readonly count?: (limit: number) => number;
}

/** Matches nothing. */
export const nothing: Matcher = Object.freeze({
  cost: 0,
  next: () => END,
  matches: () => false,
  score: () => 0,
  filler: { cost: 0, fill: () => undefined },
});

/** Matches every document before `visible`. */
export const everything = (visible: number, score: number): Matcher => ({
  cost: visible,
  next: (from) => (from < visible ? from : END),
  matches: () => true,
  score: () => score,
  count: () => visible,
  filler: { cost: visible / 32, fill: (from, words) => addBefore(words, visible - from) },
  isAll: true,
});

/** Walks through all documents and tests each; for matchers without a list. */
export const scanned = (visible: number, score: number, matches: (document: number) => boolean): Matcher => ({
  cost: visible,
  matches,
  score: () => score,
  next: (from) => {
    for (let document = from; document < visible; document++) if (matches(document)) return document;
    return END;
  },
  count: (limit) => {
    let found = 0;
    for (let document = 0; document < visible && found <= limit; document++) if (matches(document)) found++;
    return found;
  },
});

/** The same documents with one score for all. */
export const withScore = (matcher: Matcher, score: number): Matcher => ({
  cost: matcher.cost,
  next: (from) => matcher.next(from),
  matches: (document) => matcher.matches(document),
  score: () => score,
  ...(matcher.count && { count: matcher.count }),
  ...(matcher.filler && { filler: matcher.filler }),
});
