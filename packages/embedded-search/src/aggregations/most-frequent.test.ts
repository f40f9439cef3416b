import fc from "fast-check";
import { expect, test } from "vitest";
import { mostFrequent } from "./most-frequent.ts";

const group = fc.record({
  count: fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 1, max: 3 }) }, fc.constantFrom(4094, 4095, 4096, 9000)),
  owner: fc.integer({ min: 0, max: 2 }),
  hasPlace: fc.integer({ max: 9, min: 0 }).map((number) => number > 0),
});

test("the first groups by count and key are all kept", () => {
  fc.assert(
    fc.property(
      fc.array(group, { maxLength: 300 }),
      fc.integer({ min: 1, max: 12 }),
      fc.nat(),
      (groups, size, seed) => {
        // Each group has another key; places follow the order of keys.
        const keys = groups.map((_group, i) => ((i + 1) * (2 * seed + 1) * 7919) % 1_000_003);
        const ordered = {
          owner: (i: number) => groups[i]?.owner ?? 0,
          place: (i: number) => (groups[i]?.hasPlace === true ? keys[i] : undefined),
        };
        const countOf = (i: number): number => groups[i]?.count ?? 0;
        const compare = (a: number, b: number): number => countOf(b) - countOf(a) || (keys[a] ?? 0) - (keys[b] ?? 0);
        const all = [...groups.keys()];
        const kept = mostFrequent(all, size, countOf, ordered);
        expect(new Set(kept).size).toBe(kept.length);
        expect([...kept].sort(compare).slice(0, size)).toEqual(all.toSorted(compare).slice(0, size));
      },
    ),
    { numRuns: 300 },
  );
});

test("of very many groups with one document each, few are kept", () => {
  const all = Array.from({ length: 50_000 }, (_, i) => i);
  const kept = mostFrequent(all, 10, () => 1, { owner: (i) => i % 2, place: (i) => (i * 7919) % 50_021 });
  expect(kept.length).toBeLessThan(100);
});
