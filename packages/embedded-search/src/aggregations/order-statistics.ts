/** Values of one part, when they are spread evenly. */
const VALUES_A_PART = 16;

/**
 * Numbers by their place in ascending order, without putting all of them in order: they are divided into parts of equal width, and
 * a part is sorted when one of its places is asked for.
 */
export class OrderStatistics {
  readonly #values: Float64Array;
  /** Start of each part in the values; one more than there are parts. */
  readonly #starts: Uint32Array;
  readonly #isSorted: Uint8Array;

  constructor(values: readonly number[]) {
    const { least, width, parts } = partsOf(values);
    this.#isSorted = new Uint8Array(parts);
    this.#starts = new Uint32Array(parts + 1);
    const part = (value: number): number => Math.min(parts - 1, Math.floor((value - least) * width));
    const [starts, sorted] = [this.#starts, new Float64Array(values.length)];
    this.#values = sorted;
    if (parts === 1) {
      sorted.set(values);
      starts[1] = values.length;
      return;
    }
    for (const value of values) starts[part(value)] = (starts[part(value)] ?? 0) + 1;
    // From how many there are of each to where those of each end; then, as they are put there from the end, to where they begin.
    for (let i = 1; i <= parts; i++) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0);
    for (const value of values) {
      const at = (starts[part(value)] ?? 0) - 1;
      starts[part(value)] = at;
      sorted[at] = value;
    }
  }

  get length(): number {
    return this.#values.length;
  }

  /** The value at a place in ascending order, NaN where there is none. */
  at(place: number): number {
    const part = this.#partAt(place);
    if (this.#isSorted[part] === 0) {
      this.#values.subarray(this.#starts[part], this.#starts[part + 1]).sort();
      this.#isSorted[part] = 1;
    }
    return this.#values[place] ?? Number.NaN;
  }

  /** The last part that starts at a place or before it. */
  #partAt(place: number): number {
    let [low, high] = [0, this.#isSorted.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) <= place) low = middle;
      else high = middle;
    }
    return low;
  }
}

/** A single part where there are few values, or they cannot be divided: not a number, infinite, or all equal. */
const partsOf = (
  values: readonly number[],
): { readonly least: number; readonly width: number; readonly parts: number } => {
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let isNumber = true;
  for (const value of values) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
    if (value !== value) isNumber = false;
  }
  const parts = Math.ceil(values.length / VALUES_A_PART);
  const width = parts / (greatest - least);
  return isNumber && width > 0 && width < Number.POSITIVE_INFINITY && parts > 1
    ? { least, width, parts }
    : { least, width: 0, parts: 1 };
};
