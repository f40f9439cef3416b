import fc from "fast-check";
import { expect, it } from "vitest";
import { Bitset } from "./bitset.ts";

it("finds and counts its members", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 199 })), (members) => {
      const set = Bitset.empty(200);
      for (const member of members) set.add(member);
      const found: number[] = [];
      for (let at = set.next(0); at !== -1; at = set.next(at + 1)) found.push(at);
      expect(found).toEqual([...members].sort((a, b) => a - b));
      expect(set.count()).toBe(members.length);
    }),
  );
});
