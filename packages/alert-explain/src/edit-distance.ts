const LONGEST = 200;

/** Single characters to insert, delete or replace between two texts (each cut at 200 characters). */
export const editDistance = (one: string, two: string): number => {
  const [left, right] = [one.slice(0, LONGEST), two.slice(0, LONGEST)];
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const replaced = (previous[column - 1] ?? 0) + (left[row - 1] === right[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[right.length] ?? 0;
};

/** The candidate with the fewest changes; undefined when there is none. */
export const nearest = (text: string, candidates: readonly string[]): string | undefined =>
  candidates
    .map((candidate) => ({ candidate, distance: editDistance(text, candidate) }))
    .sort((a, b) => a.distance - b.distance)[0]?.candidate;
