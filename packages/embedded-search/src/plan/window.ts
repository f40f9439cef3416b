/** Documents that are looked at together: a set of them is small enough for the fastest memory there is. */
export const WINDOW = 4_096;

const WORDS = WINDOW / 32;

/** Gives many documents at once. */
export interface Filler {
  /** About how many nanoseconds it takes to give all. */
  readonly cost: number;
  /**
   * Adds the documents of one window, which begins with this one, to a set: its first document is bit 0 of the first word. Windows
   * begin with multiples of 32.
   */
  fill(from: number, words: Int32Array): void;
}

/** A set of documents of one window. */
export const emptyWindow = (): Int32Array => new Int32Array(WORDS);

/** Adds the documents before `end`. */
export const addBefore = (words: Int32Array, end: number): void => {
  const whole = Math.min(Math.max(0, end) >>> 5, WORDS);
  words.fill(-1, 0, whole);
  if (whole < WORDS && end > 0) words[whole] = (words[whole] ?? 0) | ((1 << (end & 31)) - 1);
};

export const addAll = (words: Int32Array, others: Int32Array): void => {
  for (let at = 0; at < WORDS; at++) words[at] = (words[at] ?? 0) | (others[at] ?? 0);
};

/** Leaves what is in both. */
export const keep = (words: Int32Array, others: Int32Array): void => {
  for (let at = 0; at < WORDS; at++) words[at] = (words[at] ?? 0) & (others[at] ?? 0);
};

/** Leaves what is not in the others. */
export const drop = (words: Int32Array, others: Int32Array): void => {
  for (let at = 0; at < WORDS; at++) words[at] = (words[at] ?? 0) & ~(others[at] ?? 0);
};

/** First member from this one on, or -1. */
export const nextMember = (words: Int32Array, from: number): number => {
  let at = from >>> 5;
  let word = (words[at] ?? 0) & (-1 << (from & 31));
  while (word === 0) {
    if (++at >= WORDS) return -1;
    word = words[at] ?? 0;
  }
  return (at << 5) + 31 - Math.clz32(word & -word);
};

export const countMembers = (words: Int32Array): number => {
  let count = 0;
  for (let at = 0; at < WORDS; at++) count += bitsOf(words[at] ?? 0);
  return count;
};

/** How many bits are set: in each two, four and eight of them, and then in all. */
const bitsOf = (word: number): number => {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
};

/** How many documents before `visible` are filled in; counting may stop above the limit. */
export const countFilled = (filler: Filler, visible: number, limit: number): number => {
  const words = emptyWindow();
  let count = 0;
  for (let from = 0; from < visible && count <= limit; from += WINDOW) {
    words.fill(0);
    filler.fill(from, words);
    count += countMembers(words);
  }
  return count;
};
