import { expect, it } from "vitest";
import { fuzz } from "./fuzz.ts";

it("answers spoilt requests and keeps the data of others", { timeout: 60_000 }, async () => {
  const summary = await fuzz(3000, 11);
  expect(Object.values(summary).reduce((a, b) => a + b)).toBe(3000);
  expect(Object.keys(summary)).toContain("400");
});
