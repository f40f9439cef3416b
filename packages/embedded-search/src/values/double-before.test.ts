import fc from "fast-check";
import { expect, test } from "vitest";
import { doubleBefore } from "./double-before.ts";

test("no double lies between one and the one before it", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, min: -Number.MAX_VALUE }), (value) => {
      const before = doubleBefore(value);
      expect(before).toBeLessThan(value);
      const between = before / 2 + value / 2;
      if (Number.isFinite(value)) expect([before, value, 0, -0]).toContain(between);
    }),
  );
});

test("zeros of both signs, infinities and NaN", () => {
  expect([0, -0, Infinity, -Infinity, NaN, Number.MIN_VALUE, 1].map(doubleBefore)).toEqual([
    -Number.MIN_VALUE,
    -Number.MIN_VALUE,
    Number.MAX_VALUE,
    -Infinity,
    NaN,
    0,
    1 - Number.EPSILON / 2,
  ]);
});
