/** Options of a fuzzy term. */
export interface FuzzyTermOptions {
  readonly maxEdits: 0 | 1 | 2;
  /** Code points at the start that must be equal. */
  readonly prefixLength: number;
  /** Two neighbours swapped count as one edit instead of two. */
  readonly transpositions: boolean;
}

/** Measures the distance of terms from a given one. */
export interface FuzzyMatcher {
  matches(term: string): boolean;
  /** Edits needed (insert, delete, replace, swap), or undefined when there are more than allowed. */
  edits(term: string): number | undefined;
  readonly prefix: string;
  /** Length in UTF-16 units of a beginning that no near term has; 0 when not known. */
  deadAt(term: string): number;
  /**
   * The first text after all that have such a beginning with which a near term may begin; undefined when not known.
   *
   * @param beginning - What {@link FuzzyMatcher.deadAt} gave the length of.
   */
  resumeAt(beginning: string): string | undefined;
}

const codePointsOf = (text: string): number[] => Array.from(text, (character) => character.codePointAt(0) ?? 0);

/**
 * Edits between a term and another one, which is read from the left. Computes only a band of `max` around the diagonal.
 *
 * @returns edits, or minus the number of code points after which no ending can help.
 */
const editsOrDead = (
  term: readonly number[],
  other: readonly number[],
  max: number,
  transpositions: boolean,
): number => {
  const [columns, far] = [term.length, max + 1];
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: columns + 1 }, (_, column) => Math.min(column, far));
  for (let row = 1; row <= other.length; row++) {
    const current = Array<number>(columns + 1).fill(far);
    if (row <= max) current[0] = row;
    let best = current[0] ?? far;
    for (let column = Math.max(1, row - max); column <= Math.min(columns, row + max); column++) {
      const same = other[row - 1] === term[column - 1];
      let least = Math.min((previous[column] ?? far) + 1, (current[column - 1] ?? far) + 1);
      least = Math.min(least, (previous[column - 1] ?? far) + (same ? 0 : 1));
      const crossed = other[row - 1] === term[column - 2] && other[row - 2] === term[column - 1];
      if (transpositions && crossed && row > 1 && column > 1)
        least = Math.min(least, (beforePrevious[column - 2] ?? far) + 1);
      current[column] = least;
      best = Math.min(best, least);
    }
    // No row is more than one edit better than the next, so a swap cannot help either.
    if (best > max) return -row;
    beforePrevious = previous;
    previous = current;
  }
  return previous[columns] ?? far;
};

/** Compiles a fuzzy term: terms within the allowed number of edits match. */
export const compileFuzzy = (term: string, options: FuzzyTermOptions): FuzzyMatcher => {
  const { maxEdits, transpositions } = options;
  const codePoints = codePointsOf(term);
  const prefixLength = Math.min(options.prefixLength, codePoints.length);
  const prefix = String.fromCodePoint(...codePoints.slice(0, prefixLength));
  const rest = codePoints.slice(prefixLength);
  // With an empty term Elasticsearch finds only empty values, however many edits are allowed.
  const exact = maxEdits === 0 || term === "";
  const known = new Set(codePoints);
  const read = (other: string): number => {
    const foreign = afterForeign(other, prefix.length, known, maxEdits);
    if (foreign > 0) return -foreign;
    // Anything longer is too far away, wherever it is cut.
    const ending = other.slice(prefix.length, prefix.length + 2 * (rest.length + maxEdits + 1));
    return editsOrDead(rest, codePointsOf(ending), maxEdits, transpositions);
  };
  const edits = (other: string): number | undefined => {
    if (other === term) return 0;
    if (exact || !other.startsWith(prefix)) return undefined;
    const found = read(other);
    return found >= 0 && found <= maxEdits ? found : undefined;
  };
  const deadAt = (other: string): number => {
    const found = exact || !other.startsWith(prefix) ? 0 : read(other);
    return found >= 0 ? 0 : prefix.length + lengthOf(other.slice(prefix.length), -found);
  };
  const ascending = [...known].sort((a, b) => a - b);
  const resumeAt = (beginning: string): string | undefined =>
    exact || afterForeign(beginning, prefix.length, known, maxEdits) === 0
      ? undefined
      : withLaterEnd(beginning, ascending);
  return { prefix: exact ? term : prefix, edits, deadAt, resumeAt, matches: (other) => edits(other) !== undefined };
};

/**
 * The last code point of a beginning is one too many that the term does not contain: in its place, only one of those will do that it
 * does.
 */
const withLaterEnd = (beginning: string, known: readonly number[]): string | undefined => {
  const codePoints = codePointsOf(beginning);
  const last = codePoints.pop() ?? 0;
  const later = known.find((codePoint) => codePoint > last);
  return later === undefined ? undefined : String.fromCodePoint(...codePoints, later);
};

/**
 * Every code point that the term does not contain takes an edit: most other terms are out after a few.
 *
 * @returns code points from `start` on after which there are too many of them, or 0.
 */
const afterForeign = (other: string, start: number, known: ReadonlySet<number>, maxEdits: number): number => {
  let [foreign, read] = [0, 0];
  for (let at = start; at < other.length; at++) {
    const codePoint = other.codePointAt(at) ?? 0;
    if (codePoint > 0xffff) at++;
    read++;
    if (!known.has(codePoint) && ++foreign > maxEdits) return read;
  }
  return 0;
};

/** Units of the first code points of a text. */
const lengthOf = (text: string, codePoints: number): number => {
  let length = 0;
  for (let left = codePoints; left > 0; left--) length += (text.codePointAt(length) ?? 0) > 0xffff ? 2 : 1;
  return length;
};
