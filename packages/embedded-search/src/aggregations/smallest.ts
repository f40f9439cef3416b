/** The first `count` items in the order of `compare`, in that order, without sorting all the others. */
export const smallest = <T>(items: readonly T[], count: number, compare: (a: T, b: T) => number): T[] => {
  if (items.length <= 2 * count) return [...items].sort(compare).slice(0, count);
  let kept: T[] = [];
  let limit: T | undefined;
  for (const item of items) {
    if (limit !== undefined && compare(item, limit) >= 0) continue;
    kept.push(item);
    // Sorting only now and then keeps each accepted item cheap.
    if (kept.length >= 2 * count + 16) {
      kept = kept.sort(compare).slice(0, count);
      limit = kept.at(-1);
    }
  }
  return kept.sort(compare).slice(0, count);
};
