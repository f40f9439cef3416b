import { expect, it } from "vitest";
import { changedBy, describeRun } from "./schedule.ts";

it.each([
  [{ hits: 0, alerts: [], durationMs: 0.4 }, "0 events, 0 alerts, 0 ms"],
  [{ hits: 1, alerts: ["a"], durationMs: 12.6 }, "1 event, 1 alert, 13 ms"],
])("describes the run %o", (run, text) => {
  expect(describeRun(run)).toBe(text);
});

it("says who changed a schedule", () => {
  const schedule = { enabled: false, modifiedat: null, modifiedby: null };
  expect(changedBy(schedule)).toBe("");
  expect(changedBy({ ...schedule, modifiedat: "2026-01-01T00:00:00+00:00", modifiedby: "ann" })).toBe(
    "Disabled by: ann at 2026-01-01T00:00:00+00:00",
  );
});
