import { blockSize, type NumberRange, type NumbersColumn } from "../index/numbers-column.ts";
import { end, type Matcher, nothing } from "./matcher.ts";

/** Documents with a value in a range. Blocks whose least and greatest value lie outside are stepped over. */
export function rangeMatcher(column: NumbersColumn, range: NumberRange, visible: number, score: number): Matcher {
  if (range.from > range.to || column.least > range.to || column.greatest < range.from) return nothing;
  return {
    cost: costOf(column, range, visible),
    matches: (document) => column.inRange(document, range),
    score: () => score,
    next: (from) => nextInRange(column, range, visible, from),
    count: (limit) => column.countInRange(visible, range, limit),
  };
}

function costOf(column: NumbersColumn, range: NumberRange, visible: number): number {
  const blocks = Math.ceil(visible / blockSize);
  let cost = 0;
  for (let block = 0; block < blocks; block++) if (column.blockMayHave(block, range)) cost += blockSize;
  return Math.min(cost, visible);
}

function nextInRange(column: NumbersColumn, range: NumberRange, visible: number, from: number): number {
  let document = from;
  while (document < visible) {
    const block = Math.floor(document / blockSize);
    const blockEnd = Math.min((block + 1) * blockSize, visible);
    if (column.blockMayHave(block, range)) {
      const found = column.nextInBlock(document, blockEnd, range);
      if (found < blockEnd) return found;
    }
    document = blockEnd;
  }
  return end;
}
