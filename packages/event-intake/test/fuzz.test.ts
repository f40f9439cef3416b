import { expect, it } from "vitest";
import { fuzz } from "../fuzz/fuzz.ts";

/** `fuzz/run.ts` reads as many as one likes. */
const COUNT = 5_000;

it("reads whatever is sent: never throws, loses no line, writes JSON", { timeout: 60_000 }, async ({ annotate }) => {
  const findings = fuzz({ seed: 2_026, count: COUNT, most: 5 });
  for (const { what } of findings.filter(({ isSlow = false }) => isSlow)) await annotate(what, "slow");
  expect(findings.filter(({ isSlow = false }) => !isSlow)).toEqual([]);
});
