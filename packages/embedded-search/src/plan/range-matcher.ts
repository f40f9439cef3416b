import { BLOCK_SIZE, type NumberRange, type NumbersColumn } from "../index/numbers-column.ts";
import { END, type Matcher, nothing } from "./matcher.ts";
import { WINDOW } from "./window.ts";

/** Documents with a value in a range. Blocks outside the range are skipped. */
export const rangeMatcher = (column: NumbersColumn, range: NumberRange, visible: number, score: number): Matcher => {
  if (range.from > range.to || column.least > range.to || column.greatest < range.from) return nothing;
  const stretch = stretchOf(column, range, visible);
  if (stretch.cost === 0) return nothing;
  // Documents in a time window are usually consecutive.
  let [runStart, runEnd] = [0, 0];
  return {
    cost: stretch.cost,
    matches: (document) => column.inRange(document, range),
    score: () => score,
    next: (from) => {
      if (from >= runStart && from < runEnd) return from;
      const found = nextInRange(column, range, stretch, from);
      if (found !== END) [runStart, runEnd] = [found, Math.min(column.endOfRun(found, range), stretch.end)];
      return found;
    },
    count: (limit) => column.countInRange(visible, range, limit),
    filler: {
      cost: stretch.cost,
      fill: (from, words) => fillInRange(column, range, { from, end: Math.min(from + WINDOW, stretch.end) }, words),
    },
  };
};

/** The bounds outside which no document can be in the range. */
interface Stretch {
  readonly start: number;
  readonly end: number;
  /** Documents in blocks that may have one. */
  readonly cost: number;
}

const stretchOf = (column: NumbersColumn, range: NumberRange, visible: number): Stretch => {
  let [first, last, blocks] = [-1, -1, 0];
  for (let block = 0; block * BLOCK_SIZE < visible; block++) {
    if (!column.blockMayHave(block, range)) continue;
    if (first === -1) first = block;
    last = block;
    blocks++;
  }
  const end = Math.min((last + 1) * BLOCK_SIZE, visible);
  return { start: first * BLOCK_SIZE, end, cost: Math.min(blocks * BLOCK_SIZE, visible) };
};

const nextInRange = (column: NumbersColumn, range: NumberRange, stretch: Stretch, from: number): number => {
  let document = Math.max(from, stretch.start);
  while (document < stretch.end) {
    const block = Math.floor(document / BLOCK_SIZE);
    const blockEnd = Math.min((block + 1) * BLOCK_SIZE, stretch.end);
    if (column.blockMayHave(block, range)) {
      const found = column.nextInBlock(document, blockEnd, range);
      if (found < blockEnd) return found;
    }
    document = blockEnd;
  }
  return END;
};

const fillInRange = (
  column: NumbersColumn,
  range: NumberRange,
  { from, end }: { readonly from: number; readonly end: number },
  words: Int32Array,
): void => {
  for (let start = from; start < end;) {
    const block = Math.floor(start / BLOCK_SIZE);
    const blockEnd = Math.min((block + 1) * BLOCK_SIZE, end);
    if (column.blockMayHave(block, range)) column.fillInRange({ from: start, end: blockEnd }, range, words, from);
    start = blockEnd;
  }
};
