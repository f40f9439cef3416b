import { describe, expect, it } from "vitest";
import { pairRows } from "./pair-rows.ts";

/** Tries everything. */
const most = (fits: readonly (readonly number[])[], taken: readonly number[] = []): number => {
  const [first, ...rest] = fits;
  if (first === undefined) return taken.length;
  const free = first.filter((column) => !taken.includes(column));
  return Math.max(most(rest, taken), ...free.map((column) => most(rest, [...taken, column])));
};

/** Numbers that look random and never change. */
const dice = (seed: number): ((sides: number) => number) => {
  let state = seed;
  return (sides) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor(state / 65_536) % sides;
  };
};

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

describe("pairRows", () => {
  it("gives up a column that another row needs", () => {
    expect(pairRows([[0, 1], [0]], 2)).toEqual([1, 0]);
    expect(pairRows([[0, 1], [1, 2], [0]], 3)).toEqual([1, 2, 0]);
  });

  it("leaves rows without a column when there are too few", () => {
    expect(pairRows([[0], [0], []], 1).filter((column) => column !== undefined)).toEqual([0]);
  });

  it("pairs as many as possible, each column once, only what fits", () => {
    const next = dice(1);
    for (let count = 0; count < 500; count++) {
      const columns = 1 + next(5);
      const fits = upTo(next(6)).map(() => upTo(columns).filter(() => next(3) === 0));
      const chosen = pairRows(fits, columns);
      const taken = chosen.filter((column) => column !== undefined);
      expect(chosen.every((column, row) => column === undefined || fits[row]?.includes(column))).toBe(true);
      expect(new Set(taken).size).toBe(taken.length);
      expect(taken).toHaveLength(most(fits));
    }
  });

  // Each fails by the time limit when a row looks again at what its equals have looked at.
  it.each<[number, string, (row: number) => readonly number[]]>([
    [3_000, "equal", () => upTo(3_000)],
    [3_000, "different", (row) => [row]],
    [1_000, "growing", (row) => upTo(row + 1)],
  ])("takes %i %s rows", { timeout: 60_000 }, (count, _, columnsOf) => {
    expect(new Set(pairRows(upTo(count).map(columnsOf), count))).toEqual(new Set(upTo(count)));
  });
});
