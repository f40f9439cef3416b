import { expect, it } from "vitest";
import { killRepeatedly } from "./kill.ts";

it("keeps every acknowledged request, whole, when the process is killed", { timeout: 60_000 }, async () => {
  const summary = await killRepeatedly(4, 7);
  expect(summary.kills).toBe(4);
  expect(summary.acknowledged).toBeGreaterThanOrEqual(4);
});
