/** Texts in UTF-8, one after the other; text `n` ends where `n + 1` starts. */
export interface PackedTexts {
  readonly bytes: Uint8Array;
  /** One more than there are texts. */
  readonly starts: Uint32Array;
}

/** Bytes that one round of sorting looks at; each takes 9 bits, since there is also the end of a text. */
const BYTES_A_ROUND = 3;

/** The number of a text takes the lower bits of a key, which is a whole number that a double holds. */
const NUMBERS = 2 ** 26;

/** Texts that still have to be sorted: they are equal before `depth`. */
interface Run {
  readonly from: number;
  readonly to: number;
  readonly depth: number;
}

/**
 * Numbers of distinct texts, in the order of their bytes.
 *
 * Some bytes at a time are compared as one number, together with which the number of the text travels: typed arrays of numbers are
 * sorted several times as fast as by a function that compares.
 */
export const sortBytes = (texts: PackedTexts): Uint32Array => {
  const count = texts.starts.length - 1;
  const order = new Uint32Array(count);
  for (let number = 0; number < count; number++) order[number] = number;
  const runs: Run[] = [{ from: 0, to: count, depth: 0 }];
  for (let run = runs.pop(); run; run = runs.pop()) if (run.to - run.from > 1) sortRun(order, run, texts, runs);
  return order;
};

const sortRun = (order: Uint32Array, { from, to, depth }: Run, texts: PackedTexts, runs: Run[]): void => {
  const keys = new Float64Array(to - from);
  for (let i = from; i < to; i++) keys[i - from] = keyOf(texts, order[i] ?? 0, depth);
  if (isSame(keys)) {
    runs.push({ from, to, depth: depth + BYTES_A_ROUND });
    return;
  }
  keys.sort();
  let start = 0;
  let beginning = -1;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] ?? 0;
    order[from + i] = key % NUMBERS;
    const bytes = Math.floor(key / NUMBERS);
    if (bytes === beginning) continue;
    if (i - start > 1) runs.push({ from: from + start, to: from + i, depth: depth + BYTES_A_ROUND });
    [start, beginning] = [i, bytes];
  }
  if (keys.length - start > 1) runs.push({ from: from + start, to, depth: depth + BYTES_A_ROUND });
};

/** Have all texts the same bytes here? Addresses begin with a dozen of them. */
const isSame = (keys: Float64Array): boolean => {
  const first = Math.floor((keys[0] ?? 0) / NUMBERS);
  for (let i = 1; i < keys.length; i++) if (Math.floor((keys[i] ?? 0) / NUMBERS) !== first) return false;
  return true;
};

const keyOf = ({ bytes, starts }: PackedTexts, number: number, depth: number): number => {
  const end = starts[number + 1] ?? 0;
  const first = (starts[number] ?? 0) + depth;
  let key = 0;
  for (let at = first; at < first + BYTES_A_ROUND; at++) key = key * 512 + (at < end ? (bytes[at] ?? 0) + 1 : 0);
  return key * NUMBERS + number;
};

/** As the difference of their bytes: negative when the text of that number comes before the wanted one. */
export const compareBytes = ({ bytes, starts }: PackedTexts, number: number, wanted: Uint8Array): number => {
  const start = starts[number] ?? 0;
  const length = (starts[number + 1] ?? 0) - start;
  const shared = Math.min(length, wanted.length);
  for (let i = 0; i < shared; i++) {
    const difference = (bytes[start + i] ?? 0) - (wanted[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return length - wanted.length;
};
