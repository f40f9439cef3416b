import fc from "fast-check";
import { expect, test } from "vitest";
import { OrderStatistics } from "./order-statistics.ts";

const number = fc.oneof(
  fc.integer({ min: -100, max: 100 }),
  fc.constantFrom(0, -0, 1e308, -1e308, 5e-324, Number.NaN, Number.POSITIVE_INFINITY),
  fc.double(),
);

test("gives the number at each place, asked for in any order, as if all were sorted", () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.array(number, { maxLength: 300 }), fc.array(fc.integer(), { maxLength: 300 })),
      fc.array(fc.nat(310), { maxLength: 20 }),
      (values, places) => {
        const sorted = Float64Array.from(values).sort();
        const statistics = new OrderStatistics(values);
        expect(statistics.length).toBe(values.length);
        for (const place of [...places, ...values.keys()])
          expect(statistics.at(place)).toBe(sorted[place] ?? Number.NaN);
      },
    ),
    { numRuns: 500 },
  );
});
