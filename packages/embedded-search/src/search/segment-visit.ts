import type { Collect } from "../aggregations/aggregator.ts";
import type { Bitset } from "../index/bitset.ts";
import { BLOCK_SIZE } from "../index/numbers-column.ts";
import { END, type Matcher } from "../plan/matcher.ts";

/** What a search has found in all of its segments. */
export interface Tally {
  total: number;
  maxScore: number;
}

/** Takes a hit that may be among the best. */
export type Offer = (document: number, score: () => number) => void;

/** How the matches of one segment are visited. */
export interface VisitParts {
  readonly matcher: Matcher;
  /** Of every match; undefined when it differs. */
  readonly constantScore: number | undefined;
  readonly deleted: Bitset | undefined;
  readonly collect: Collect | undefined;
  /** Hits match it, too. */
  readonly filter: Matcher | undefined;
  /** Asked for the first hit: it reads the columns of the sort. */
  readonly makeOffer: () => Offer;
  /** The document to go on with: the same one when it has to be looked at. */
  readonly skip: ((document: number) => number) | undefined;
  /** Are the hits counted already? */
  readonly isCounted: boolean;
  /** Starts of the blocks with the best hits first; undefined = in the order of documents. */
  readonly blocks: Iterator<number> | undefined;
  readonly trackScores: boolean;
  readonly totalLimit: number;
  /** Does no hit matter, but for what is collected and the total? */
  readonly onlyCollects: boolean;
}

/** Visits the matches of one segment, some at a time. */
export class SegmentVisit {
  readonly #parts: VisitParts;
  readonly #tally: Tally;
  readonly #score: () => number;
  #offer: Offer | undefined;
  #document = 0;
  /** Of the block that is being visited. */
  #end = 0;

  constructor(parts: VisitParts, tally: Tally) {
    const { matcher, constantScore, blocks } = parts;
    this.#parts = parts;
    this.#tally = tally;
    this.#score = constantScore === undefined ? () => matcher.score(this.#document) : () => constantScore;
    if (blocks === undefined) this.#end = END;
    this.#move(0);
  }

  get isDone(): boolean {
    return this.#document === END;
  }

  /** @returns how many documents were looked at, `most` or fewer. */
  run(most: number): number {
    const { skip, isCounted, totalLimit, deleted, onlyCollects, collect } = this.#parts;
    // Not before the first hit, which finds what is wrong with the sort.
    if (onlyCollects && collect && this.#offer) return this.#collect(most, collect);
    let visited = 0;
    while (this.#document !== END && visited < most) {
      visited++;
      const document = this.#document;
      const next = skip && (isCounted || this.#tally.total > totalLimit) ? skip(document) : document;
      if (next === document && deleted?.has(document) !== true) this.#take(document);
      this.#move(next === document ? document + 1 : next);
    }
    return visited;
  }

  #collect(most: number, collect: Collect): number {
    const { matcher, deleted } = this.#parts;
    let visited = 0;
    for (; this.#document !== END && visited < most; visited++) {
      const document = this.#document;
      if (deleted?.has(document) !== true) {
        collect(document, 0, this.#score);
        this.#tally.total++;
      }
      this.#document = matcher.next(document + 1);
    }
    return visited;
  }

  #take(document: number): void {
    const { collect, filter, isCounted, trackScores, makeOffer } = this.#parts;
    collect?.(document, 0, this.#score);
    if (filter && !filter.matches(document)) return;
    if (!isCounted) this.#tally.total++;
    if (trackScores) this.#tally.maxScore = Math.max(this.#tally.maxScore, this.#score());
    this.#offer ??= makeOffer();
    this.#offer(document, this.#score);
  }

  #move(from: number): void {
    const { matcher, blocks } = this.#parts;
    this.#document = from < this.#end ? matcher.next(from) : END;
    while (blocks !== undefined && this.#document >= this.#end) {
      const block = blocks.next();
      if (block.done === true) {
        this.#document = END;
        return;
      }
      this.#end = block.value + BLOCK_SIZE;
      this.#document = matcher.next(block.value);
    }
  }
}
