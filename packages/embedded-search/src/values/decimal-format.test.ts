import { describe, expect, it } from "vitest";
import { compileDecimalFormat } from "./decimal-format.ts";

/** As Java 25 prints them. */
const PRINTED: readonly (readonly [pattern: string, value: number, text: string])[] = [
  ["0.00", 0.125, "0.12"],
  ["0.00", 0.375, "0.38"],
  ["0.00", 1.005, "1.00"],
  ["0.0", 0.25, "0.2"],
  ["0.0", 0.35, "0.3"],
  ["0", -0.3, "-0"],
  ["#,##0.##", 1_234_567.891, "1,234,567.89"],
  ["#,#,##", 12_345, "1,23,45"],
  ["#.##‰", 0.00012345, "0.12‰"],
  ["0;(0)", -1, "(1)"],
  ["0 0", 1, "01 "],
  ["", 0.5, ".5"],
  ["x", 2.5, "x2"],
  ["##0.##E0", 1_234_567.891, "1.2346E6"],
  ["##0.##E0", 0.125, "125E-3"],
  ["00.00E00", 12_345, "12.35E03"],
  ["0.0E0", 12.5, "1.2E1"],
  ["0.0E0", 125, "1.3E2"],
  ["0", 8_499_999_999_999_997_000, "8499999999999996900"],
  ["0.0E0", 1.25e22, "1.2E22"],
  ["0.###E0", 5e-324, "4.9E-324"],
  ["0.0", Number.NaN, "NaN"],
  ["0.0%", Number.NEGATIVE_INFINITY, "-∞%"],
];

describe("formats of numbers", () => {
  it.each(PRINTED)("%s writes %d as %s", (pattern, value, text) => {
    expect(compileDecimalFormat(pattern).ofDouble(value)).toBe(text);
  });

  it("keep all digits of a long", () => {
    expect(compileDecimalFormat("#,##0.0%").ofWhole(9_007_199_254_740_993n)).toBe("900,719,925,474,099,300.0%");
  });

  it.each([
    ["$0.0", "$5", 5],
    ["0;(0)", "(7)x", -7],
    ["#,##0%", "1,250%", 12.5],
    ["0.#E0", "1.5E3", 1500],
  ])("%s reads %s", (pattern, text, value) => {
    expect(compileDecimalFormat(pattern).read(text)).toBe(value);
  });

  it.each([
    ["$0", "5"],
    ["0", "x"],
    ["0", ""],
    ["0 'ms'", "5 s"],
  ])("%s does not read %s", (pattern, text) => {
    expect(compileDecimalFormat(pattern).read(text)).toBeUndefined();
  });
});
