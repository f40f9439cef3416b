/** Numbers that are the same for the same seed. */
export interface Random {
  /** At least `from`, and less than `to`. */
  readonly between: (from: number, to: number) => number;
  readonly isLess: (probability: number) => boolean;
  /** undefined of none. */
  readonly oneOf: <T>(values: readonly T[]) => T | undefined;
}

/** Mulberry32. */
export const seeded = (seed: number): Random => {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    between: (from, to) => from + next() * (to - from),
    isLess: (probability) => next() < probability,
    oneOf: (values) => values[Math.floor(next() * values.length)],
  };
};
