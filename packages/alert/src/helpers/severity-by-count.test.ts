import { expect, it } from "vitest";
import { severityByCount } from "../index.ts";

it.each([
  [9, "NOTICE"],
  [10, "WARNING"],
  [99, "WARNING"],
  [100, "CRITICAL"],
  [Number.NaN, "NOTICE"],
])("is the worst severity whose number is reached by %d", (count, severity) => {
  expect(severityByCount(count, { CRITICAL: 100, WARNING: 10 })).toBe(severity);
});

it("refuses a severity that there is not", () => {
  expect(() => severityByCount(1, { HIGH: 1 } as never)).toThrow("Received: HIGH");
});
