import fc from "fast-check";
import { expect, it } from "vitest";
import { smallest } from "./smallest.ts";

it("gives the same as sorting everything", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 50 })), fc.integer({ min: 1, max: 20 }), (items, count) => {
      const compare = (a: number, b: number): number => a - b;
      expect(smallest(items, count, compare)).toEqual([...items].sort(compare).slice(0, count));
    }),
    { seed: 1 },
  );
});
