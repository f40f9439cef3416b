import fc from "fast-check";
import { expect, test } from "vitest";
import { NumbersColumn } from "../index/numbers-column.ts";
import { END, type Matcher } from "./matcher.ts";
import { rangeMatcher } from "./range-matcher.ts";

/** Values of documents, undefined = none; long stretches that ascend, as times do, and some that do not. */
const documents = fc
  .array(
    fc.record({
      length: fc.integer({ min: 1, max: 400 }),
      step: fc.constantFrom(0, 1, 3, -1),
      value: fc.option(fc.integer({ min: 0, max: 300 }), { nil: undefined, freq: 4 }),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((stretches) =>
    stretches.flatMap(({ length, step, value }) =>
      Array.from({ length }, (_, i) => (value === undefined ? undefined : value + i * step)),
    ),
  );

const walk = (matcher: Matcher): number[] => {
  const found: number[] = [];
  for (let document = matcher.next(0); document !== END; document = matcher.next(document + 1)) found.push(document);
  return found;
};

test("a range has the documents whose value lies in it, whatever the order of the values and wherever they are missing", () => {
  const numbers = fc.integer({ min: -50, max: 900 });
  fc.assert(
    fc.property(documents, numbers, numbers, fc.nat(1000), (values, a, b, place) => {
      const column = new NumbersColumn();
      for (const [document, value] of values.entries()) if (value !== undefined) column.add(document, value);
      const range = { from: Math.min(a, b), to: Math.max(a, b) };
      const expected = values.flatMap((value, i) =>
        value !== undefined && value >= range.from && value <= range.to ? [i] : [],
      );
      const matcher = rangeMatcher(column, range, values.length, 1);
      expect(walk(matcher)).toEqual(expected);
      // After reaching the end it can still be asked from anywhere.
      expect(matcher.next(place)).toBe(expected.find((document) => document >= place) ?? END);
      expect(matcher.count?.(values.length) ?? 0).toBe(expected.length);
    }),
    { numRuns: 500 },
  );
});
