import { expect, test } from "vitest";
import { floatText, twoDecimals } from "./numbers.ts";

test.each([
  [0, "0.00"],
  [0.125, "0.12"],
  [0.375, "0.38"],
  [0.625, "0.62"],
  [0.875, "0.88"],
  [1.125, "1.12"],
  // No tie: the number lies a little below 1.005 and a little above 2.675's neighbour.
  [1.005, "1.00"],
  [2.675, "2.67"],
  [16, "16.00"],
  [3645.784, "3645.78"],
  [0.625 + 1_024, "1024.62"],
])("twoDecimals(%d) is %s", (value, text) => {
  expect(twoDecimals(value)).toBe(text);
});

test.each([
  [43, "43.0"],
  [-79.3849, "-79.3849"],
  [0, "0.0"],
  [-0, "-0.0"],
  [0.0001, "0.0001"],
  [0.00001, "1e-05"],
  [-0.0000123, "-1.23e-05"],
  [1.5e-10, "1.5e-10"],
])("floatText(%d) is %s", (value, text) => {
  expect(floatText(value)).toBe(text);
});
