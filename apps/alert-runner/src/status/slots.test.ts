import { expect, it } from "vitest";
import { slotsOf } from "./slots.ts";

const slots = (silentMs: number) =>
  slotsOf({
    scheduler: { own: [], backfills: [] },
    clock: { now: () => new Date("2026-01-01T00:00:00Z") },
    isPrepared: () => true,
    silentMs: () => silentMs,
  });

it("tells of a store that does not answer before a slot is late, also where other instances run the alerts", () => {
  expect(slots(0).standstill()).toBeNull();
  expect(slots(10_400).standstill()).toBe("The store has not answered for 10 s: no alert runs. GET /status says more.");
});
