const UNITS: readonly (readonly [ms: number, name: string])[] = [
  [86_400_000, "d"],
  [3_600_000, "h"],
  [60_000, "m"],
  [1_000, "s"],
  [1, "ms"],
];

/** A span of time in the largest units: `1h 30m`. */
export const describeSpan = (ms: number): string => {
  let rest = Math.abs(ms);
  const words = UNITS.flatMap(([unit, name]) => {
    const count = Math.floor(rest / unit);
    rest -= count * unit;
    return count === 0 ? [] : [`${count}${name}`];
  });
  return words.length === 0 ? "0s" : words.slice(0, 2).join(" ");
};
