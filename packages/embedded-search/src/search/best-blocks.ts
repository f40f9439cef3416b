import type { SortBound, SortKey } from "../hits/sort-plan.ts";
import type { SortValue } from "../hits/sort-type.ts";
import type { TopDocuments } from "../hits/top-documents.ts";
import { BLOCK_SIZE } from "../index/numbers-column.ts";

/**
 * Starts of the blocks of a segment that may have some of the best hits, those with the best values first: events come in the order
 * of time, and of the latest ones each would be better than all before it. undefined where that is the order of documents.
 */
export const bestBlocks = (
  bound: SortBound,
  visible: number,
  compare: SortKey["compare"],
  top: TopDocuments,
): Iterator<number> | undefined => {
  if (bound.isInOrder) return undefined;
  const bounds = Array.from({ length: Math.ceil(visible / BLOCK_SIZE) }, (_, number) =>
    bound.block(number * BLOCK_SIZE),
  );
  const boundOf = (number: number): SortValue => bounds[number] ?? null;
  const inOrder = (a: number, b: number): number => compare(boundOf(a), boundOf(b));
  const numbers = [...bounds.keys()];
  if (numbers.every((number) => number === 0 || inOrder(number - 1, number) <= 0)) return undefined;
  return untilRejected(numbers.sort(inOrder), (number) => top.rejects(boundOf(number), false));
};

/** After the first block that cannot have any of the best hits, none can. */
function* untilRejected(numbers: readonly number[], isRejected: (number: number) => boolean): Generator<number, void> {
  for (const number of numbers) {
    if (isRejected(number)) return;
    yield number * BLOCK_SIZE;
  }
}
