/** Options of a fuzzy term. */
export interface FuzzyTermOptions {
  readonly maxEdits: 0 | 1 | 2;
  /** Code points at the start that must be equal. */
  readonly prefixLength: number;
  /** Two neighbours swapped count as one edit instead of two. */
  readonly transpositions: boolean;
}

/** Tells how far terms are from a given one. */
export interface FuzzyMatcher {
  matches(term: string): boolean;
  /** Edits needed (insert, delete, replace, swap), or undefined when there are more than allowed. */
  edits(term: string): number | undefined;
  readonly prefix: string;
}

const codePointsOf = (text: string): number[] => Array.from(text, (character) => character.codePointAt(0) ?? 0);

/** Edit distance of two lists, or a number above `max`. Only a band of `max` around the diagonal is looked at. */
function distance(a: readonly number[], b: readonly number[], max: number, transpositions: boolean): number {
  if (Math.abs(a.length - b.length) > max) return max + 1;
  const far = max + 1;
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => Math.min(column, far));
  for (let row = 1; row <= a.length; row++) {
    const current = Array<number>(b.length + 1).fill(far);
    if (row <= max) current[0] = row;
    let best = current[0] ?? far;
    for (let column = Math.max(1, row - max); column <= Math.min(b.length, row + max); column++) {
      const replaced = (previous[column - 1] ?? far) + (a[row - 1] === b[column - 1] ? 0 : 1);
      let least = Math.min(replaced, (previous[column] ?? far) + 1, (current[column - 1] ?? far) + 1);
      const swapped =
        transpositions && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1] && row > 1 && column > 1;
      if (swapped) least = Math.min(least, (beforePrevious[column - 2] ?? far) + 1);
      current[column] = least;
      best = Math.min(best, least);
    }
    // A swap can still reach back one row further, so one hopeless row is not the end.
    if (best > max && !transpositions) return far;
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length] ?? far;
}

/** Compiles a fuzzy term: other terms match when few enough edits lead to them. */
export function compileFuzzy(term: string, options: FuzzyTermOptions): FuzzyMatcher {
  const { maxEdits, transpositions } = options;
  const codePoints = codePointsOf(term);
  const prefixLength = Math.min(options.prefixLength, codePoints.length);
  const prefix = String.fromCodePoint(...codePoints.slice(0, prefixLength));
  const rest = codePoints.slice(prefixLength);
  // Elasticsearch finds only empty values by an empty term, however many edits there may be.
  const exact = maxEdits === 0 || term === "";
  const edits = (other: string): number | undefined => {
    if (other === term) return 0;
    if (exact || !other.startsWith(prefix)) return undefined;
    if (other.length - prefix.length > 2 * (rest.length + maxEdits)) return undefined;
    const found = distance(rest, codePointsOf(other.slice(prefix.length)), maxEdits, transpositions);
    return found <= maxEdits ? found : undefined;
  };
  return { prefix: exact ? term : prefix, edits, matches: (other) => edits(other) !== undefined };
}
