import { describe, expect, it } from "vitest";
import { type AlertRun, type RunDocument, runDocument, runsOf } from "./run-record.ts";

const slot = new Date("2026-01-01T00:01:00Z");
const quiet: AlertRun = {
  alert: "AlertQuiet",
  slot: "2026-01-01T00:01:00+00:00",
  health: "ok",
  hits: 3,
  alerts: [],
  durationMs: 1.5,
  errors: [],
};
const firing: AlertRun = { ...quiet, alert: "AlertFiring", alerts: ["id"] };
const failing: AlertRun = { ...quiet, alert: "AlertFailing", health: "error", errors: [{ code: "C", message: "m" }] };

describe("runDocument", () => {
  it("is read back as what it was made of", () => {
    const runs = [quiet, firing, failing, { ...quiet, alert: "AlertAsked", manual: true }];
    const { source } = runDocument(runs, slot);
    expect(runsOf(JSON.parse(JSON.stringify(source)) as RunDocument)).toEqual(runs);
  });

  it("can be found by alert and by health, on the day of its slot", () => {
    const { index, source } = runDocument([quiet, failing], slot);
    expect(index).toBe("runs-20260101");
    expect(source).toMatchObject({ type: "run", names: ["AlertQuiet", "AlertFailing"], status: "error" });
    expect(runDocument([quiet], slot).source).toMatchObject({ status: "ok" });
  });

  it("needs few bytes for quiet runs", () => {
    const runs = Array.from({ length: 500 }, (_, index) => ({ ...quiet, alert: `AlertNumber${index}` }));
    expect(JSON.stringify(runDocument(runs, slot).source).length / 500).toBeLessThan(30);
  });
});
