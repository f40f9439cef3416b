import { BLOCK_SIZE, type NumbersColumn } from "../index/numbers-column.ts";
import type { Rounding } from "./rounding.ts";

/** More intervals than this are not counted in an array. */
const MOST_STEPS = 65_536;

/**
 * How many of the documents before `end` have a number in each interval, by how many intervals it is after the one at the offset;
 * those without any are left out. undefined where there may be too many intervals.
 */
export const countSteps = (
  column: NumbersColumn,
  end: number,
  { interval, offset }: { readonly interval: number; readonly offset: number },
): readonly (readonly [step: number, count: number])[] | undefined => {
  if (column.least > column.greatest) return [];
  const first = Math.floor((column.least - offset) / interval);
  const size = Math.floor((column.greatest - offset) / interval) - first + 1;
  if (!(size <= MOST_STEPS)) return undefined;
  const counts = new Uint32Array(size);
  for (let document = 0; document < end; document++) {
    const value = column.first(document);
    if (value !== value) continue;
    const at = Math.floor((value - offset) / interval) - first;
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return [...counts].flatMap((count, at) => (count === 0 ? [] : [[first + at, count] as const]));
};

/** Counts the documents before `end` by intervals of time: a block whose values all lie in one is counted at once. */
export const countTimes = (
  column: NumbersColumn,
  end: number,
  floor: (value: number) => number,
  { until }: Pick<Rounding, "until">,
  add: (start: number, count: number) => void,
): void => {
  for (let from = 0; from < end; from += BLOCK_SIZE) {
    const [least, greatest] = [column.blockLeast(from), column.blockGreatest(from)];
    if (least > greatest) continue;
    const to = Math.min(from + BLOCK_SIZE, end);
    const start = floor(least);
    // A number of milliseconds has no decimals; cutting them may make one below zero greater.
    if (Math.trunc(greatest) < until(start)) add(start, column.countPresent(to, from));
    else countEach(column, from, to, floor, add);
  }
};

/** Documents that follow one another in the same interval are added together. */
const countEach = (
  column: NumbersColumn,
  from: number,
  to: number,
  floor: (value: number) => number,
  add: (start: number, count: number) => void,
): void => {
  let [last, count] = [Number.NaN, 0];
  for (let document = from; document < to; document++) {
    const value = column.first(document);
    if (value !== value) continue;
    const start = floor(value);
    if (start !== last) {
      if (count > 0) add(last, count);
      [last, count] = [start, 0];
    }
    count++;
  }
  if (count > 0) add(last, count);
};
