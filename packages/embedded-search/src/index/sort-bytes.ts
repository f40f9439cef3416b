import { allAtOnce, ranges, type Steps } from "./steps.ts";

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
export const sortBytes = (texts: PackedTexts): Uint32Array => allAtOnce(sortBytesInSteps(texts));

/** More are first divided by one byte each, for which nothing has to be sorted. */
const TEXTS_A_STEP = 16_384;

/** As {@link sortBytes}. */
export function* sortBytesInSteps(texts: PackedTexts): Steps<Uint32Array> {
  const count = texts.starts.length - 1;
  const order = new Uint32Array(count);
  for (let number = 0; number < count; number++) order[number] = number;
  const runs: Run[] = [{ from: 0, to: count, depth: 0 }];
  let done = 0;
  for (let run = runs.pop(); run; run = runs.pop()) {
    const size = run.to - run.from;
    if (size < 2) continue;
    if (size > TEXTS_A_STEP) yield* divideRun(order, run, texts, runs);
    else sortRun(order, run, texts, runs);
    done += size;
    if (done < TEXTS_A_STEP) continue;
    done = 0;
    yield;
  }
  return order;
}

/** What the byte of a text at a place may be: none, or one of 256. */
const BYTE_VALUES = 257;

function* divideRun(order: Uint32Array, { from, to, depth }: Run, texts: PackedTexts, runs: Run[]): Steps<void> {
  const numbers = order.slice(from, to);
  const ends = new Uint32Array(BYTE_VALUES + 1).fill(from);
  for (const [start, end] of ranges(numbers.length, 4 * TEXTS_A_STEP)) {
    for (let i = start; i < end; i++) {
      const next = byteAt(texts, numbers[i] ?? 0, depth) + 1;
      ends[next] = (ends[next] ?? 0) + 1;
    }
    yield;
  }
  // From how many there are of each to where those of each begin; then, as they are put there, to where they end.
  for (let value = 1; value <= BYTE_VALUES; value++) ends[value] = (ends[value] ?? 0) + (ends[value - 1] ?? 0) - from;
  const starts = ends.slice();
  const only = starts.findIndex((start, value) => start === from && starts[value + 1] === to);
  if (only >= 0) {
    runs.push({ from, to, depth: depth + 1 });
    return;
  }
  for (const [start, end] of ranges(numbers.length, 4 * TEXTS_A_STEP)) {
    for (let i = start; i < end; i++) {
      const number = numbers[i] ?? 0;
      const value = byteAt(texts, number, depth);
      const at = ends[value] ?? 0;
      order[at] = number;
      ends[value] = at + 1;
    }
    yield;
  }
  for (let value = 0; value < BYTE_VALUES; value++)
    runs.push({ from: starts[value] ?? 0, to: starts[value + 1] ?? 0, depth: depth + 1 });
}

/** 0 where a text has ended. */
const byteAt = ({ bytes, starts }: PackedTexts, number: number, depth: number): number => {
  const at = (starts[number] ?? 0) + depth;
  return at < (starts[number + 1] ?? 0) ? (bytes[at] ?? 0) + 1 : 0;
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
